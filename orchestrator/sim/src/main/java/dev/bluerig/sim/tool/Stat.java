package dev.bluerig.sim.tool;

import dev.bluerig.sim.machine.FileEntry;
import dev.bluerig.sim.machine.FileError;
import java.util.List;
import java.util.Optional;

/// `stat [-f] [-L] -c FORMAT FILE...`; of a file system its type.
final class Stat {
    private Stat() {}

    static int run(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "c:Lf", List.of("format=", "printf=", "dereference"), true);
        Optional<String> format = options.value("c").or(() -> options.value("format"));
        if (options.strange().isPresent() || format.isEmpty()) return call.unknown("only `stat -c FORMAT`");
        if (options.has("f") && !format.get().equals("%T")) return call.unknown("format " + format.get());
        int status = 0;
        for (String name : options.rest()) {
            Optional<FileEntry> entry = call.machine().files().find(call.path(name), options.has("L") || options.has("dereference"));
            if (entry.isEmpty()) {
                status = call.fail(1, (options.has("f") ? "stat: cannot read file system information for '" : "stat: cannot statx '")
                    + name + "': " + FileError.MISSING);
                continue;
            }
            if (options.has("f")) {
                call.line(FileTools.system(call.path(name)));
                continue;
            }
            Optional<String> line = line(format.get(), name, entry.get());
            if (line.isEmpty()) return call.unknown("format " + format.get());
            call.line(line.get());
        }
        return status;
    }

    private static Optional<String> line(String format, String name, FileEntry entry) {
        var line = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                line.append(c);
                continue;
            }
            switch (format.charAt(++i)) {
                case '%' -> line.append('%');
                case 'n' -> line.append(name);
                case 'N' -> line.append('\'').append(name).append('\'')
                    .append(entry.kind() == FileEntry.Kind.LINK ? " -> '" + entry.target() + "'" : "");
                case 'a' -> line.append(Integer.toOctalString(entry.mode()));
                case 'A' -> line.append(Ls.mode(entry));
                case 's' -> line.append(entry.content().length);
                case 'U' -> line.append(entry.owner());
                case 'G' -> line.append(entry.group());
                case 'u' -> line.append(entry.owner().equals("root") ? 0 : 1000);
                case 'g' -> line.append(entry.group().equals("root") ? 0 : 1000);
                case 'Y', 'Z', 'X' -> line.append(entry.modified());
                case 'F' -> line.append(kind(entry));
                case 'm' -> line.append('/');
                default -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(line.toString());
    }

    private static String kind(FileEntry entry) {
        return switch (entry.kind()) {
            case REGULAR -> entry.content().length == 0 ? "regular empty file" : "regular file";
            case DIRECTORY -> "directory";
            case LINK -> "symbolic link";
            case DEVICE -> "character special file";
        };
    }
}

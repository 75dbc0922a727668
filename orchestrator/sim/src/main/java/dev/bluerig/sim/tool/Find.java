package dev.bluerig.sim.tool;

import dev.bluerig.sim.machine.FileEntry;
import dev.bluerig.sim.machine.FileError;
import dev.bluerig.sim.machine.FileTree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `find PATH... -maxdepth N -mindepth N -type T -name GLOB -path GLOB -empty -size -Nk -mmin +N -delete -printf FORMAT -exec COMMAND {}
/// +`.
final class Find {
    private final ProgramCall call;
    private final List<String> starts = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> oneOf = new ArrayList<>();
    private final List<String> paths = new ArrayList<>();
    private final List<String> command = new ArrayList<>();
    private final List<String> collected = new ArrayList<>();
    private Optional<String> type = Optional.empty();
    private Optional<String> format = Optional.empty();
    private int maxDepth = Integer.MAX_VALUE;
    private int minDepth;
    private long olderMinutes = -1;
    private long belowKib = Long.MAX_VALUE;
    private boolean onlyEmpty;
    private boolean delete;
    private int status;

    private Find(ProgramCall call) {
        this.call = call;
    }

    static int run(ProgramCall call) {
        return new Find(call).search();
    }

    private int search() {
        List<String> arguments = call.arguments();
        int i = 0;
        while (i < arguments.size() && !arguments.get(i).startsWith("-")) starts.add(arguments.get(i++));
        if (starts.isEmpty()) starts.add(".");
        for (; i < arguments.size(); i++) {
            String value = i + 1 < arguments.size() ? arguments.get(i + 1) : "";
            switch (arguments.get(i)) {
                case "-maxdepth" -> maxDepth = Integer.parseInt(value);
                case "-mindepth" -> minDepth = Integer.parseInt(value);
                case "-type" -> type = Optional.of(value);
                case "-name" -> names.add(value);
                case "-path" -> paths.add(value);
                case "-printf" -> format = Optional.of(value);
                case "-print" -> i--;
                case "-empty" -> {
                    onlyEmpty = true;
                    i--;
                }
                case "-delete" -> {
                    delete = true;
                    i--;
                }
                case "-mmin" -> {
                    if (!value.matches("\\+\\d+")) return call.unknown("-mmin other than +N");
                    olderMinutes = Long.parseLong(value.substring(1));
                }
                case "-size" -> {
                    if (!value.matches("-\\d+k")) return call.unknown("-size other than -Nk");
                    belowKib = Long.parseLong(value.substring(1, value.length() - 1));
                }
                case "(" -> {
                    int end = arguments.indexOf(")");
                    List<String> inner = end < i ? List.of() : arguments.subList(i + 1, end);
                    if (!names(inner)) return call.unknown("an expression other than ( -name A -o -name B )");
                    i = end - 1;
                }
                case "-exec" -> {
                    int end = arguments.lastIndexOf("+");
                    if (end < i || !arguments.get(end - 1).equals("{}")) return call.unknown("-exec only with `{} +`");
                    command.addAll(arguments.subList(i + 1, end - 1));
                    i = end - 1;
                }
                default -> {
                    return call.unknown(arguments.get(i));
                }
            }
            i++;
        }
        for (String start : starts) {
            if (call.machine().files().find(call.path(start), false).isEmpty())
                status = call.fail(1, "find: '" + start + "': " + FileError.MISSING);
            else descend(start, start, 0);
        }
        if (!command.isEmpty() && !collected.isEmpty()) {
            var words = new ArrayList<>(command);
            words.addAll(collected);
            if (call.launcher().launch(call.running(words)) != 0) status = 1;
        }
        return status;
    }

    /// `-name A -o -name B ...`: one of them.
    private boolean names(List<String> words) {
        if (words.size() % 3 != 2) return false;
        for (int i = 0; i < words.size(); i++) {
            switch (i % 3) {
                case 0 -> {
                    if (!words.get(i).equals("-name")) return false;
                }
                case 1 -> oneOf.add(words.get(i));
                default -> {
                    if (!words.get(i).equals("-o")) return false;
                }
            }
        }
        return true;
    }

    private void descend(String start, String path, int depth) {
        FileEntry entry = call.machine().files().find(call.path(path), false).orElseThrow();
        if (depth >= minDepth && matches(path, entry)) act(start, path, depth, entry);
        if (!entry.isDirectory() || depth >= maxDepth) return;
        try {
            for (String name : call.machine().files().list(call.path(path)))
                descend(start, path.endsWith("/") ? path + name : path + "/" + name, depth + 1);
        } catch (FileError problem) {
            status = call.fail(1, "find: '" + path + "': " + problem.getMessage());
        }
    }

    private boolean matches(String path, FileEntry entry) {
        String letter = switch (entry.kind()) {
            case REGULAR -> "f";
            case DIRECTORY -> "d";
            case LINK -> "l";
            case DEVICE -> "c";
        };
        return type.map(letter::equals).orElse(true)
            && (oneOf.isEmpty() || oneOf.stream().anyMatch(glob -> FileTree.name(path).matches(regex(glob))))
            && (!onlyEmpty || isEmpty(path, entry))
            && (entry.content().length + 1023) / 1024 < belowKib
            && (olderMinutes < 0 || (FileEntry.EPOCH + call.machine().uptime().toSeconds() - entry.modified()) / 60 > olderMinutes)
            && names.stream().allMatch(glob -> FileTree.name(path).matches(regex(glob)))
            && paths.stream().allMatch(glob -> path.matches(regex(glob)));
    }

    private boolean isEmpty(String path, FileEntry entry) {
        try {
            return entry.isDirectory() ? call.machine().files().list(call.path(path)).isEmpty() : entry.content().length == 0;
        } catch (FileError gone) {
            return false;
        }
    }

    private static String regex(String glob) {
        return glob.replace(".", "\\.").replace("*", ".*").replace("?", ".");
    }

    private void act(String start, String path, int depth, FileEntry entry) {
        if (delete) delete(path);
        else if (!command.isEmpty()) collected.add(path);
        else if (format.isEmpty()) call.line(path);
        else call.print(printed(format.get(), start, path, depth, entry));
    }

    private void delete(String path) {
        try {
            call.machine().files().remove(call.path(path), call.user());
        } catch (FileError problem) {
            status = call.fail(1, "find: cannot delete '" + path + "': " + problem.getMessage());
        }
    }

    private String printed(String text, String start, String path, int depth, FileEntry entry) {
        var out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean last = i + 1 == text.length();
            if (c == '\\' && !last) {
                char escaped = text.charAt(++i);
                out.append(escaped == 'n' ? '\n' : escaped == 't' ? '\t' : escaped == '0' ? '\0' : escaped);
            } else if (c == '%' && !last) {
                char directive = text.charAt(++i);
                switch (directive) {
                    case 'f' -> out.append(FileTree.name(path));
                    case 'p' -> out.append(path);
                    case 'P' -> out.append(path.equals(start) ? "" : path.substring(start.length() + 1));
                    case 'l' -> out.append(entry.target());
                    case 'h' -> out.append(FileTree.parent(path));
                    case 'd' -> out.append(depth);
                    case 'm' -> out.append(Integer.toOctalString(entry.mode()));
                    case 's' -> out.append(entry.content().length);
                    case 'u' -> out.append(entry.owner());
                    case 'g' -> out.append(entry.group());
                    case 'T' -> {
                        i++;
                        out.append(entry.modified());
                    }
                    default -> status = call.unknown("-printf %" + directive);
                }
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}

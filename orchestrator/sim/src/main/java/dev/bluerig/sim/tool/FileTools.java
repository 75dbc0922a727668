package dev.bluerig.sim.tool;

import dev.bluerig.sim.machine.FileEntry;
import dev.bluerig.sim.machine.FileError;
import dev.bluerig.sim.machine.FileTree;
import dev.bluerig.sim.machine.TlsFault;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// Programs that look at files and change them. Texts as coreutils 9.1 prints them with LC_ALL=C.
final class FileTools {
    private FileTools() {}

    static Map<String, Tool> all() {
        return Map.ofEntries(Map.entry("ls", Ls::run), Map.entry("stat", Stat::run), Map.entry("find", Find::run),
            Map.entry("install", FileTools::install),
            Map.entry("mv", FileTools::move), Map.entry("cp", FileTools::copy), Map.entry("mkdir", FileTools::mkdir),
            Map.entry("rm", FileTools::remove),
            Map.entry("rmdir", FileTools::remove), Map.entry("readlink", FileTools::readlink),
            Map.entry("chmod", FileTools::chmod), Map.entry("chown", FileTools::chown),
            Map.entry("test", TestCommand::run), Map.entry("[", TestCommand::run), Map.entry("sha256sum", FileTools::digest),
            Map.entry("pwd", FileTools::where), Map.entry("tar", Tar::run), Map.entry("df", FileTools::free), Map.entry("sync", call -> 0),
            Map.entry("lsattr", FileTools::attributes));
    }

    static String system(String path) {
        return (path + "/").startsWith("/proc/") ? "proc" : (path + "/").startsWith("/sys/") ? "sysfs" : "ext2/ext3";
    }

    /// `lsattr -d FILE...`, e2fsprogs 1.47.0; nothing has an attribute.
    private static int attributes(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "d", List.of(), true);
        if (options.strange().isPresent() || !options.has("d")) return call.unknown("only `lsattr -d FILE...`");
        int status = 0;
        for (String name : options.rest()) {
            if (call.machine().files().find(call.path(name)).isPresent()) call.line("--------------e------- " + name);
            else status = call.fail(1, "lsattr: No such file or directory while trying to stat " + name);
        }
        return status;
    }

    private static int where(ProgramCall call) {
        call.line(call.directory());
        return 0;
    }

    /// `install [-D] [-m MODE] [-o OWNER] [-g GROUP] SOURCE TARGET`, `install -d DIRECTORY...`.
    private static int install(ProgramCall call) {
        if (call.arguments().equals(List.of("--version"))) {
            call.line("install (GNU coreutils) 9.1");
            return 0;
        }
        GetOpt options = GetOpt.of(call.arguments(), "DdTm:o:g:", List.of("mode=", "owner=", "group=", "directory"), true);
        if (options.strange().isPresent()) return call.unknown("option " + options.strange().get());
        int mode = Integer.parseInt(options.value("m").or(() -> options.value("mode")).orElse("0755"), 8);
        if (options.has("d") || options.has("directory")) {
            for (String name : options.rest()) {
                int status = directories(call, call.path(name), mode);
                if (status != 0) return status;
            }
            return 0;
        }
        if (options.rest().size() != 2) return call.fail(1, "install: missing destination file operand");
        String source = options.rest().getFirst();
        String target = options.rest().get(1);
        try {
            byte[] content = source.equals("/dev/stdin") || source.equals("-") ? call.io().readAll()
                : call.machine().files().read(call.path(source), call.user());
            if (options.has("D")) {
                int status = directories(call, FileTree.parent(call.path(target)), 0755);
                if (status != 0) return status;
            }
            String path = call.path(target);
            if (call.machine().files().find(path).filter(FileEntry::isDirectory).isPresent())
                path = FileTree.resolve(path, FileTree.name(source));
            // a fresh file, as unlink and create: mode and owner of an old one do not stay
            call.machine().files().write(path, content, call.user(), mode);
            String owner = options.value("o").or(() -> options.value("owner")).orElse(call.user().name());
            String group = options.value("g").or(() -> options.value("group")).orElse(call.user().name());
            if (!call.user().isRoot() && !owner.equals(call.user().name()))
                return call.fail(1, "install: cannot change ownership of '" + target + "': Operation not permitted");
            call.machine().files().change(path, call.user(), entry -> entry.withMode(mode).withOwner(owner, group));
            return 0;
        } catch (FileError problem) {
            return call.fail(1, problem.getMessage().equals(FileError.NO_SPACE)
                ? "install: error writing '" + target + "': " + problem.getMessage()
                : source.equals("/dev/stdin") ? "install: cannot create regular file '" + target + "': " + problem.getMessage()
                : "install: cannot stat '" + source + "': " + problem.getMessage());
        }
    }

    /// mkdir -p.
    private static int directories(ProgramCall call, String path, int mode) {
        FileTree files = call.machine().files();
        try {
            var missing = new ArrayList<String>();
            for (String at = path; files.find(at).isEmpty(); at = FileTree.parent(at)) missing.addFirst(at);
            if (missing.isEmpty() && !files.find(path).orElseThrow().isDirectory()) throw new FileError(FileError.EXISTS);
            for (String at : missing) files.directory(at, call.user(), at.equals(path) ? mode : 0755);
            return 0;
        } catch (FileError problem) {
            return call.fail(1, call.name() + ": cannot create directory '" + path + "': " + problem.getMessage());
        }
    }

    private static int mkdir(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "pm:", List.of("parents", "mode="), true);
        if (options.strange().isPresent()) return call.unknown("option " + options.strange().get());
        int mode = Integer.parseInt(options.value("m").or(() -> options.value("mode")).orElse("0755"), 8);
        int status = 0;
        for (String name : options.rest()) {
            if (options.has("p") || options.has("parents")) {
                status = Math.max(status, directories(call, call.path(name), mode));
                continue;
            }
            try {
                call.machine().files().directory(call.path(name), call.user(), mode);
            } catch (FileError problem) {
                status = call.fail(1, "mkdir: cannot create directory '" + name + "': " + problem.getMessage());
            }
        }
        return status;
    }

    private static int move(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "fTnv", List.of("force", "no-target-directory"), true);
        if (options.strange().isPresent()) return call.unknown("option " + options.strange().get());
        if (options.rest().size() != 2) return call.fail(1, "mv: missing destination file operand");
        String from = call.path(options.rest().getFirst());
        String to = call.path(options.rest().get(1));
        FileTree files = call.machine().files();
        if (files.find(from, false).isEmpty())
            return call.fail(1, "mv: cannot stat '" + options.rest().getFirst() + "': " + FileError.MISSING);
        boolean into = !options.has("T") && !options.has("no-target-directory") && files.find(to).filter(FileEntry::isDirectory)
            .isPresent();
        try {
            files.rename(from, into ? FileTree.resolve(to, FileTree.name(from)) : to, call.user());
            return 0;
        } catch (FileError problem) {
            return call.fail(1, "mv: cannot move '" + options.rest().getFirst() + "' to '" + options.rest().get(1) + "': "
                + problem.getMessage());
        }
    }

    private static int copy(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "pfaT", List.of(), true);
        if (options.strange().isPresent() || options.rest().size() != 2) return call.unknown("only `cp [-p] FILE TARGET`");
        FileTree files = call.machine().files();
        String to = call.path(options.rest().get(1));
        try {
            byte[] content = files.read(call.path(options.rest().getFirst()), call.user());
            int mode = files.find(call.path(options.rest().getFirst())).orElseThrow().mode();
            if (files.find(to).filter(FileEntry::isDirectory).isPresent())
                to = FileTree.resolve(to, FileTree.name(options.rest().getFirst()));
            files.write(to, content, call.user(), mode);
            return 0;
        } catch (FileError problem) {
            return call.fail(1, "cp: cannot copy '" + options.rest().getFirst() + "': " + problem.getMessage());
        }
    }

    private static int remove(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "rRf", List.of("force", "recursive", "one-file-system"), true);
        if (options.strange().isPresent()) return call.unknown("option " + options.strange().get());
        boolean force = options.has("f") || options.has("force");
        boolean recursive = options.has("r") || options.has("R") || options.has("recursive");
        int status = 0;
        for (String name : options.rest()) {
            Optional<FileEntry> entry = call.machine().files().find(call.path(name), false);
            if (entry.isEmpty()) {
                if (!force) status = call.fail(1, call.name() + ": cannot remove '" + name + "': " + FileError.MISSING);
                continue;
            }
            if (entry.get().isDirectory() && !recursive && call.name().equals("rm")) {
                status = call.fail(1, "rm: cannot remove '" + name + "': " + FileError.IS_DIRECTORY);
                continue;
            }
            try {
                if (recursive) empty(call, call.path(name));
                call.machine().files().remove(call.path(name), call.user());
            } catch (FileError problem) {
                status = call.fail(1, call.name() + ": cannot remove '" + name + "': " + problem.getMessage());
            }
        }
        return status;
    }

    private static void empty(ProgramCall call, String path) throws FileError {
        FileTree files = call.machine().files();
        if (files.find(path, false).filter(FileEntry::isDirectory).isEmpty()) return;
        for (String name : files.list(path)) {
            empty(call, path + "/" + name);
            files.remove(path + "/" + name, call.user());
        }
    }

    private static int readlink(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "fenm", List.of(), true);
        if (options.strange().isPresent()) return call.unknown("option " + options.strange().get());
        boolean full = options.has("f") || options.has("e") || options.has("m");
        for (String name : options.rest()) {
            Optional<FileEntry> entry = call.machine().files().find(call.path(name), false);
            if (!full) {
                if (entry.filter(found -> found.kind() == FileEntry.Kind.LINK).isEmpty()) return 1;
                call.line(entry.get().target());
                continue;
            }
            try {
                String real = call.machine().files().real(call.path(name));
                if (call.machine().files().find(real).isEmpty() && !options.has("f") && !options.has("m"))
                    return call.fail(1, call.name() + ": " + name + ": " + FileError.MISSING);
                call.line(real);
            } catch (FileError problem) {
                return call.fail(1, call.name() + ": " + name + ": " + problem.getMessage());
            }
        }
        return 0;
    }

    private static int chmod(ProgramCall call) {
        List<String> arguments = call.arguments();
        if (arguments.size() > 2 && arguments.subList(0, 2).equals(List.of("-R", "u=rwX,go=rX")))
            return readable(call, arguments.subList(2, arguments.size()));
        if (arguments.size() < 2 || !arguments.getFirst().matches("[0-7]{3,4}"))
            return call.unknown("only `chmod OCTAL FILE...` and `chmod -R u=rwX,go=rX FILE...`");
        int mode = Integer.parseInt(arguments.getFirst(), 8);
        return change(call, arguments.subList(1, arguments.size()), "changing permissions of", entry -> entry.withMode(mode));
    }

    /// X: to be executed only if somebody may already, or a directory.
    private static int readable(ProgramCall call, List<String> names) {
        int status = 0;
        for (String name : names) {
            Optional<FileEntry> entry = call.machine().files().find(call.path(name), false);
            if (entry.filter(found -> found.kind() == FileEntry.Kind.LINK).isPresent()) continue;
            status =
                Math.max(status,
                change(call, List.of(name), "changing permissions of",
                found -> found.withMode(found.isDirectory() || (found.mode() & 0111) != 0 ? 0755 : 0644)));
            if (entry.filter(FileEntry::isDirectory).isEmpty()) continue;
            try {
                for (String below : call.machine().files().list(call.path(name)))
                    status = Math.max(status, readable(call, List.of(name + "/" + below)));
            } catch (FileError problem) {
                status = call.fail(1, "chmod: cannot read directory '" + name + "': " + problem.getMessage());
            }
        }
        return status;
    }

    private static int chown(ProgramCall call) {
        List<String> arguments = new ArrayList<>(call.arguments());
        arguments.remove("-h");
        if (arguments.size() < 2 || arguments.getFirst().startsWith("-")) return call.unknown("only `chown USER[:GROUP] FILE...`");
        String[] names = arguments.getFirst().split(":", 2);
        for (int i = 0; i < names.length; i++) if (names[i].matches("\\d+")) names[i] = named(call, Integer.parseInt(names[i]));
        return change(call, arguments.subList(1, arguments.size()), "changing ownership of",
            entry -> entry.withOwner(names[0].isEmpty() ? entry.owner() : names[0], names.length > 1 ? names[1] : entry.group()));
    }

    private static int change(ProgramCall call, List<String> names, String what, UnaryOperator<FileEntry> how) {
        int status = 0;
        for (String name : names) {
            try {
                call.machine().files().change(call.path(name), call.user(), how);
            } catch (FileError problem) {
                status = call.fail(1, problem.getMessage().equals(FileError.MISSING)
                    ? call.name() + ": cannot access '" + name + "': " + problem.getMessage()
                    : call.name() + ": " + what + " '" + name + "': " + problem.getMessage());
            }
        }
        return status;
    }

    private static String named(ProgramCall call, int id) {
        return call.machine().files().text("/etc/passwd").lines().map(line -> line.split(":"))
            .filter(fields -> fields[2].equals(String.valueOf(id)))
            .map(fields -> fields[0]).findFirst().orElse(String.valueOf(id));
    }

    private static final long DISK = 98_304_000;   // KiB

    /// `df -P -k PATH`: one disk with plenty of room, or none. Where nothing may be executed, another file system is mounted.
    private static int free(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "Pk", List.of(), true);
        if (options.strange().isPresent() || options.rest().size() != 1 || !options.has("P") || !options.has("k"))
            return call.unknown("only `df -P -k PATH`");
        String path = call.path(options.rest().getFirst());
        if (call.machine().files().find(path).isEmpty()) return call.fail(1, "df: " + options.rest().getFirst() + ": " + FileError.MISSING);
        boolean other = call.machine().tlsFaults().has(TlsFault.NO_EXEC) && path.startsWith("/var/cache");
        long used = call.machine().files().isFull() ? DISK : DISK / 4;
        call.line("Filesystem     1024-blocks     Used Available Capacity Mounted on");
        call.line("%-14s %11d %8d %9d %7d%% %s".formatted(other ? "/dev/sda3" : "/dev/sda2", DISK, used, DISK - used, 100 * used / DISK,
            other ? "/var/cache" : "/"));
        return 0;
    }

    private static int digest(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "c", List.of("check"), true);
        if (options.strange().isPresent()) return call.unknown("option " + options.strange().get());
        List<String> names = options.rest().isEmpty() ? List.of("-") : options.rest();
        try {
            if (options.has("c") || options.has("check")) return names.equals(List.of("-")) ? check(call) : call.unknown("sums in a file");
            for (String name : names) call.line(sum(call, name) + "  " + name);
            return 0;
        } catch (FileError problem) {
            return call.fail(1, "sha256sum: " + String.join(" ", names) + ": " + problem.getMessage());
        }
    }

    private static String sum(ProgramCall call, String name) throws FileError {
        byte[] content = name.equals("-") ? call.io().readAll() : call.machine().files().read(call.path(name), call.user());
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);   // every Java platform has SHA-256
        }
    }

    /// Lines of a sum, two blanks and a name.
    private static int check(ProgramCall call) throws FileError {
        int wrong = 0;
        for (String line : ProgramCall.text(call.io().readAll()).lines().toList()) {
            String[] parts = line.split(" [ *]", 2);
            if (parts.length != 2 || !parts[0].matches("[0-9a-f]{64}"))
                return call.fail(1, "sha256sum: 'standard input': no properly formatted checksum lines found");
            boolean same = sum(call, parts[1]).equals(parts[0]);
            call.line(parts[1] + ": " + (same ? "OK" : "FAILED"));
            if (!same) wrong++;
        }
        return wrong == 0 ? 0
            : call.fail(1, "sha256sum: WARNING: " + wrong + " computed checksum" + (wrong == 1 ? "" : "s") + " did NOT match");
    }
}

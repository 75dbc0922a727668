package dev.bluerig.sim.tool;

import dev.bluerig.sim.machine.FileEntry;
import dev.bluerig.sim.machine.FileError;
import dev.bluerig.sim.machine.FileTree;
import dev.bluerig.sim.machine.TarArchives;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// `tar -x -z -f FILE -C DIRECTORY` (GNU tar 1.34); of other uses nothing.
final class Tar {
    private Tar() {}

    static int run(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "xzf:C:", List.of("no-same-owner", "no-same-permissions"), true);
        if (options.strange().isPresent() || !options.has("x") || !options.has("z") || !options.rest().isEmpty()
            || options.value("f").isEmpty())
            return call.unknown("only `tar -x -z -f FILE [-C DIRECTORY]`");
        String directory = call.path(options.value("C").orElse("."));
        FileTree files = call.machine().files();
        if (files.find(directory).filter(FileEntry::isDirectory).isEmpty())
            return call.fail(2, "tar: " + directory + ": Cannot open: " + FileError.MISSING);
        try {
            for (TarArchives.Member member : call.machine().world().archives()
                .members(files.read(call.path(options.value("f").get()), call.user()))) extract(call, directory, member);
            return 0;
        } catch (FileError problem) {
            return call.fail(2, "tar: " + problem.getMessage() + "\ntar: Exiting with failure status due to previous errors");
        } catch (IOException notAnArchive) {
            return call.fail(2, "tar: " + notAnArchive.getMessage() + "\ntar: Error is not recoverable: exiting now");
        }
    }

    private static void extract(ProgramCall call, String directory, TarArchives.Member member) throws FileError {
        String path = FileTree.resolve(directory, member.name());
        if (path.equals(directory)) return;
        FileTree files = call.machine().files();
        var missing = new ArrayList<String>();
        for (String above = FileTree.parent(path); files.find(above).isEmpty(); above = FileTree.parent(above)) missing.addFirst(above);
        for (String above : missing) files.directory(above, call.user(), 0755);
        switch (member.type()) {
            case '5' -> {
                if (files.find(path).isEmpty()) files.directory(path, call.user(), member.mode() & 0777);
            }
            case '2' -> files.install(path, FileEntry.link(member.target()));
            default -> {
                files.write(path, member.content(), call.user(), member.mode() & 0777);
                files.change(path, call.user(), entry -> entry.withMode(member.mode() & 0777));
            }
        }
    }
}

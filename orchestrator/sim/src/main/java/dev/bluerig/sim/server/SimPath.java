package dev.bluerig.sim.server;

import java.io.IOException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import org.apache.sshd.common.file.util.BasePath;

/// A path within the files of a simulated machine.
final class SimPath extends BasePath<SimPath, SimFileSystem> {
    SimPath(SimFileSystem system, String root, List<String> names) {
        super(system, root, names);
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        return ((SimFileProvider) getFileSystem().provider()).real(this);
    }
}

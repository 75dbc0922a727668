package dev.bluerig.sim.server;

import dev.bluerig.sim.machine.FileTree;
import dev.bluerig.sim.machine.UserAccount;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.Set;
import org.apache.sshd.common.file.util.BaseFileSystem;

/// The files of one simulated machine as `java.nio.file` sees them, for one user.
final class SimFileSystem extends BaseFileSystem<SimPath> {
    SimFileSystem(FileTree files, UserAccount user) {
        super(new SimFileProvider(files, user));
    }

    @Override
    public SimPath getDefaultDir() {
        return getPath(((SimFileProvider) provider()).user().home());
    }

    @Override
    protected SimPath create(String root, List<String> names) {
        return new SimPath(this, root, names);
    }

    @Override
    public void close() {
        // the files belong to the machine, not to this view of them
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return Set.of("basic", "posix", "owner");
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException("owners are not looked up");
    }
}

package dev.bluerig.sim.server;

import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.util.HashSet;
import java.util.Set;
import org.apache.sshd.sftp.server.FileHandle;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;

/// SFTP's way to simulated files: byte channels instead of file channels, and permissions set as one attribute.
final class SimFileAccess implements SftpFileSystemAccessor {
    @Override
    public SeekableByteChannel openFile(SftpSubsystemProxy subsystem, FileHandle handle, Path file, String name,
        Set<? extends OpenOption> options,
                                        FileAttribute<?>... attributes) throws IOException {
        return Files.newByteChannel(file, options);
    }

    @Override
    public void setFilePermissions(SftpSubsystemProxy subsystem, Path file, Set<PosixFilePermission> permissions,
                                   java.nio.file.LinkOption... options) throws IOException {
        Files.setAttribute(file, "posix:permissions", new HashSet<>(permissions));
    }
}

package dev.bluerig.sim.server;

import dev.bluerig.sim.machine.FileEntry;
import dev.bluerig.sim.machine.FileError;
import dev.bluerig.sim.machine.FileTree;
import dev.bluerig.sim.machine.UserAccount;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.spi.FileSystemProvider;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What SFTP and SCP need of a file system, on the files of a simulated machine.
final class SimFileProvider extends FileSystemProvider {
    private final FileTree files;
    private final UserAccount user;

    SimFileProvider(FileTree files, UserAccount user) {
        this.files = files;
        this.user = user;
    }

    UserAccount user() {
        return user;
    }

    private String text(Path path) {
        return FileTree.resolve(user.home(), path.toString());
    }

    private static IOException problem(Path path, FileError problem) {
        return switch (problem.getMessage()) {
            case FileError.MISSING -> new NoSuchFileException(path.toString());
            case FileError.DENIED -> new AccessDeniedException(path.toString());
            case FileError.EXISTS -> new FileAlreadyExistsException(path.toString());
            default -> new FileSystemException(path.toString(), null, problem.getMessage());
        };
    }

    Path real(SimPath path) throws IOException {
        try {
            String real = files.real(text(path));
            if (files.find(real).isEmpty()) throw new NoSuchFileException(path.toString());
            return path.getFileSystem().getPath(real);
        } catch (FileError problem) {
            throw problem(path, problem);
        }
    }

    private FileEntry entry(Path path, LinkOption... options) throws IOException {
        boolean follow = !List.of(options).contains(LinkOption.NOFOLLOW_LINKS);
        return files.find(text(path), follow).orElseThrow(() -> new NoSuchFileException(path.toString()));
    }

    @Override
    public String getScheme() {
        return "simulated";
    }

    @Override
    public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
        throws IOException {
        boolean write = options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND);
        Optional<FileEntry> old = files.find(text(path));
        try {
            if (!write) return new SimFileChannel(files.read(text(path), user));
            if (old.isEmpty() && !options.contains(StandardOpenOption.CREATE) && !options.contains(StandardOpenOption.CREATE_NEW))
                throw new NoSuchFileException(path.toString());
            if (old.isPresent() && options.contains(StandardOpenOption.CREATE_NEW)) throw new FileAlreadyExistsException(path.toString());
            byte[] content = old.isEmpty() || options.contains(StandardOpenOption.TRUNCATE_EXISTING) ? new byte[0]
                : files.read(text(path), user);
            files.write(text(path), content, user, 0644);
            return new SimFileChannel(content, options.contains(StandardOpenOption.APPEND), fresh -> {
                try {
                    files.write(text(path), fresh, user, 0644);
                } catch (FileError problem) {
                    throw problem(path, problem);
                }
            });
        } catch (FileError problem) {
            throw problem(path, problem);
        }
    }

    @Override
    public java.nio.channels.FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) {
        throw new UnsupportedOperationException("only byte channels");
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter) throws IOException {
        try {
            List<Path> paths = files.list(text(directory)).stream().map(directory::resolve).toList();
            return new DirectoryStream<>() {
                @Override
                public Iterator<Path> iterator() {
                    return paths.iterator();
                }

                @Override
                public void close() {
                    // nothing is held
                }
            };
        } catch (FileError problem) {
            throw problem(directory, problem);
        }
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
        try {
            files.directory(text(directory), user, 0755);
        } catch (FileError problem) {
            throw problem(directory, problem);
        }
    }

    @Override
    public void delete(Path path) throws IOException {
        try {
            files.remove(text(path), user);
        } catch (FileError problem) {
            throw problem(path, problem);
        }
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        try {
            files.rename(text(source), text(target), user);
        } catch (FileError problem) {
            throw problem(source, problem);
        }
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) {
        throw new UnsupportedOperationException("copying on the server");
    }

    @Override
    public boolean isSameFile(Path first, Path second) {
        return text(first).equals(text(second));
    }

    @Override
    public boolean isHidden(Path path) {
        return FileTree.name(text(path)).startsWith(".");
    }

    @Override
    public FileStore getFileStore(Path path) {
        throw new UnsupportedOperationException("file stores");
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        entry(path);
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        throw new UnsupportedOperationException("views: " + type);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options) throws IOException {
        return type.cast(new SimAttributes(entry(path, options)));
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        return new SimAttributes(entry(path, options)).all();
    }

    @Override
    @SuppressWarnings("unchecked")
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        try {
            switch (attribute.substring(attribute.indexOf(':') + 1)) {
                case "permissions" -> files.change(text(path), user,
                    entry -> entry.withMode(SimAttributes.mode((Set<PosixFilePermission>) value)));
                case "lastModifiedTime" -> files.change(text(path), user,
                    entry -> entry.at(((FileTime) value).toInstant().getEpochSecond()));
                default -> { }   // access and creation time, owner: not kept
            }
        } catch (FileError problem) {
            throw problem(path, problem);
        }
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException("by URI");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new UnsupportedOperationException("by URI");
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException("by URI");
    }
}

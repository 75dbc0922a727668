package dev.bluerig.sim.shell;

import dev.bluerig.sim.machine.FileError;
import dev.bluerig.sim.machine.FileTree;
import dev.bluerig.sim.tool.FileDescriptors;
import dev.bluerig.sim.tool.ProgramCall;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// The redirections of one command, opened in order; files that were written are closed with it.
final class Redirections implements AutoCloseable {
    private final SimShell shell;
    private final List<OutputStream> written = new ArrayList<>();
    private FileDescriptors io;

    Redirections(SimShell shell, Expansion expansion, List<ScriptNode.Redirect> redirects, FileDescriptors outer) throws FileError {
        this.shell = shell;
        this.io = outer;
        for (ScriptNode.Redirect redirect : redirects) open(redirect, expansion.single(redirect.target()));
    }

    FileDescriptors io() {
        return io;
    }

    private void open(ScriptNode.Redirect redirect, String target) throws FileError {
        switch (redirect.operator()) {
            case "<" -> io = io.with(redirect.fd(), FileDescriptors.Stream.reading(reader(target)));
            case "<<" -> io = io.with(redirect.fd(), FileDescriptors.Stream.reading(new ByteArrayInputStream(ProgramCall.bytes(target))));
            case ">" -> io = io.with(redirect.fd(), FileDescriptors.Stream.writing(writer(target, false)));
            case ">>" -> io = io.with(redirect.fd(), FileDescriptors.Stream.writing(writer(target, true)));
            case ">&", "<&" -> {
                if (target.equals("-")) {
                    io = io.without(redirect.fd());
                } else {
                    FileDescriptors.Stream stream = target.matches("\\d+") ? io.open().get(Integer.parseInt(target)) : null;
                    if (stream == null) throw new FileError(target + ": Bad file descriptor");
                    io = io.with(redirect.fd(), stream);
                }
            }
            default -> throw new SyntaxError("Syntax error: redirection \"" + redirect.operator() + "\" is not simulated");
        }
    }

    private InputStream reader(String target) throws FileError {
        if (target.equals("/dev/stdin")) return io.in();
        try {
            return new ByteArrayInputStream(shell.machine().files().read(FileTree.resolve(shell.directory(), target), shell.user()));
        } catch (FileError problem) {
            throw new FileError("cannot open " + target + ": "
                + (problem.getMessage().equals(FileError.MISSING) ? "No such file" : problem.getMessage()));
        }
    }

    private OutputStream writer(String target, boolean append) throws FileError {
        switch (target) {
            case "/dev/null" -> {
                return OutputStream.nullOutputStream();
            }
            case "/dev/stdout" -> {
                return io.out();
            }
            case "/dev/stderr" -> {
                return io.err();
            }
            default -> {
                String path = FileTree.resolve(shell.directory(), target);
                FileTree files = shell.machine().files();
                try {
                    byte[] old = append && files.find(path).isPresent() ? files.read(path, shell.user()) : new byte[0];
                    files.write(path, old, shell.user(), 0644);
                    var out = new FileWriter(path);
                    out.writeBytes(old);
                    written.add(out);
                    return out;
                } catch (FileError problem) {
                    throw new FileError("cannot create " + target + ": "
                        + (problem.getMessage().equals(FileError.MISSING) ? "Directory nonexistent" : problem.getMessage()));
                }
            }
        }
    }

    /// Collects; the file has the content when it is closed.
    private final class FileWriter extends ByteArrayOutputStream {
        private final String path;

        private FileWriter(String path) {
            this.path = path;
        }

        @Override
        public void close() throws IOException {
            try {
                shell.machine().files().write(path, toByteArray(), shell.user(), 0644);
            } catch (FileError problem) {
                throw new IOException(problem.getMessage());
            }
        }
    }

    @Override
    public void close() throws FileError {
        for (OutputStream out : written) {
            try {
                out.close();
            } catch (IOException problem) {
                throw new FileError("write error: " + problem.getMessage());
            } catch (UncheckedIOException problem) {
                throw new FileError("write error: " + problem.getCause().getMessage());
            }
        }
    }
}

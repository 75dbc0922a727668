package dev.bluerig.lab.sim.shell;

import dev.bluerig.lab.sim.machine.FileProblem;
import dev.bluerig.lab.sim.machine.Files;
import dev.bluerig.lab.sim.tool.Call;
import dev.bluerig.lab.sim.tool.Io;
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
    private final Shell shell;
    private final List<OutputStream> written = new ArrayList<>();
    private Io io;

    Redirections(Shell shell, Expansion expansion, List<Node.Redirect> redirects, Io outer) throws FileProblem {
        this.shell = shell;
        this.io = outer;
        for (Node.Redirect redirect : redirects) open(redirect, expansion.single(redirect.target()));
    }

    Io io() {
        return io;
    }

    private void open(Node.Redirect redirect, String target) throws FileProblem {
        switch (redirect.operator()) {
            case "<" -> io = io.with(redirect.fd(), Io.Stream.reading(reader(target)));
            case "<<" -> io = io.with(redirect.fd(), Io.Stream.reading(new ByteArrayInputStream(Call.bytes(target))));
            case ">" -> io = io.with(redirect.fd(), Io.Stream.writing(writer(target, false)));
            case ">>" -> io = io.with(redirect.fd(), Io.Stream.writing(writer(target, true)));
            case ">&", "<&" -> {
                if (target.equals("-")) {
                    io = io.without(redirect.fd());
                } else {
                    Io.Stream stream = target.matches("\\d+") ? io.open().get(Integer.parseInt(target)) : null;
                    if (stream == null) throw new FileProblem(target + ": Bad file descriptor");
                    io = io.with(redirect.fd(), stream);
                }
            }
            default -> throw new SyntaxError("Syntax error: redirection \"" + redirect.operator() + "\" is not simulated");
        }
    }

    private InputStream reader(String target) throws FileProblem {
        if (target.equals("/dev/stdin")) return io.in();
        try {
            return new ByteArrayInputStream(shell.machine().files().read(Files.resolve(shell.directory(), target), shell.user()));
        } catch (FileProblem problem) {
            throw new FileProblem("cannot open " + target + ": " + (problem.getMessage().equals(FileProblem.MISSING) ? "No such file" : problem.getMessage()));
        }
    }

    private OutputStream writer(String target, boolean append) throws FileProblem {
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
                String path = Files.resolve(shell.directory(), target);
                Files files = shell.machine().files();
                try {
                    byte[] old = append && files.find(path).isPresent() ? files.read(path, shell.user()) : new byte[0];
                    files.write(path, old, shell.user(), 0644);
                    var out = new FileWriter(path);
                    out.writeBytes(old);
                    written.add(out);
                    return out;
                } catch (FileProblem problem) {
                    throw new FileProblem("cannot create " + target + ": "
                        + (problem.getMessage().equals(FileProblem.MISSING) ? "Directory nonexistent" : problem.getMessage()));
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
            } catch (FileProblem problem) {
                throw new IOException(problem.getMessage());
            }
        }
    }

    @Override
    public void close() throws FileProblem {
        for (OutputStream out : written) {
            try {
                out.close();
            } catch (IOException problem) {
                throw new FileProblem("write error: " + problem.getMessage());
            } catch (UncheckedIOException problem) {
                throw new FileProblem("write error: " + problem.getCause().getMessage());
            }
        }
    }
}

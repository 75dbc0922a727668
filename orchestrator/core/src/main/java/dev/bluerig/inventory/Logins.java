package dev.bluerig.inventory;

import dev.bluerig.source.Binder;
import dev.bluerig.source.BoundedFile;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import dev.bluerig.source.Problem;
import dev.bluerig.source.Secret;
import dev.bluerig.source.Tree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// Makes the login of a machine from its own settings and those of its groups, and fetches the secrets they point to.
final class Logins {
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);
    private static final int LONGEST = 4096;

    private final Surroundings surroundings;
    private final Path directory;
    private final boolean lab;
    private final List<Problem> problems;
    private final Map<Location, Optional<Secret>> secrets = new HashMap<>();
    private final Map<String, Optional<String>> identities = new HashMap<>();

    /// `lab`: a lab wrote the inventory, so nothing in it is secret and passwords may stand in it.
    Logins(Surroundings surroundings, Path directory, boolean lab, List<Problem> problems) {
        this.surroundings = surroundings;
        this.directory = directory;
        this.lab = lab;
        this.problems = problems;
    }

    /// `logins`: outermost group first, the machine's own last; each field is taken from the last that has it. `at`: for an unreadable key.
    Ssh merged(List<Written.Login> logins, Location at) {
        return new Ssh(last(logins, Written.Login::user).map(UserName::text), last(logins, Written.Login::port).map(SshPort::number),
            last(logins, Written.Login::identity).flatMap(path -> identity(path, at)), last(logins, Written.Login::passphrase).flatMap(this::secret),
            last(logins, Written.Login::password).flatMap(this::secret), last(logins, Written.Login::sudo).orElse(Ssh.Sudo.NONE),
            last(logins, Written.Login::sudoPassword).flatMap(this::secret));
    }

    private static <T> Optional<T> last(List<Written.Login> logins, Function<Written.Login, Optional<T>> field) {
        return logins.reversed().stream().flatMap(login -> field.apply(login).stream()).findFirst();
    }

    private Optional<String> identity(String written, Location at) {
        return identities.computeIfAbsent(written, path -> {
            try {
                Path file = surroundings.resolve(directory, path);
                if (Files.isRegularFile(file) && Files.isReadable(file)) return Optional.of(file.toString());
                problems.add(new Problem(at, "`identity`: the key file cannot be read: " + file));
            } catch (InvalidPathException notAPath) {
                problems.add(new Problem(at, "`identity` is not a file name: " + path));
            }
            return Optional.empty();
        });
    }

    private record Pointer(Optional<String> env, Optional<String> file) {
        Pointer {
            if (env.isPresent() == file.isPresent()) throw new IllegalArgumentException("a secret is {env: NAME} or {file: PATH}");
        }
    }

    private Optional<Secret> secret(Tree tree) {
        return secrets.computeIfAbsent(tree.at(), at -> {
            try {
                return Optional.of(fetched(tree));
            } catch (InvalidInput wrong) {
                problems.addAll(wrong.problems());
                return Optional.empty();
            }
        });
    }

    private Secret fetched(Tree tree) {
        if (tree instanceof Tree.Scalar scalar) {
            if (lab) return new Secret(scalar.text());
            throw new InvalidInput(tree.at(), "a secret is not written into the inventory; write {env: NAME} or {file: PATH}");
        }
        var pointer = Binder.bind(Pointer.class, tree);
        return pointer.env.map(name -> ofEnvironment(name, tree.at())).orElseGet(() -> ofFile(pointer.file.orElseThrow(), tree.at()));
    }

    private Secret ofEnvironment(String name, Location at) {
        String value = surroundings.environment().getOrDefault(name, "");
        if (value.isEmpty()) throw new InvalidInput(at, "the environment variable " + name + " is not set");
        return new Secret(value);
    }

    private Secret ofFile(String written, Location at) {
        Path file = surroundings.resolve(directory, written);
        try {
            String text = BoundedFile.text(file, LONGEST, at, "the secret").replaceFirst("\\R\\z", "");
            Set<PosixFilePermission> open = EnumSet.copyOf(OTHERS);
            open.retainAll(Files.getPosixFilePermissions(file));
            if (!open.isEmpty()) throw new InvalidInput(at, "others can read the secret; chmod 600 " + file);
            if (text.isEmpty() || text.contains("\n")) throw new InvalidInput(at, "a secret is one line: " + file);
            return new Secret(text);
        } catch (IOException | UnsupportedOperationException unreadable) {
            throw new InvalidInput(at, "the secret cannot be read: " + file);
        }
    }
}

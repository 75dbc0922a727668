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
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/// Makes the login of a machine from its own settings and those of its groups, and fetches the secrets they point to.
final class LoginResolver {
    private static final Set<PosixFilePermission> OTHERS = EnumSet.of(PosixFilePermission.GROUP_READ, PosixFilePermission.GROUP_WRITE,
        PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE,
        PosixFilePermission.OTHERS_EXECUTE);
    private static final int LONGEST = 4096;

    private final InventoryEnvironment surroundings;
    private final Path directory;
    private final boolean lab;
    private final List<Problem> problems;
    private final Map<Location, Fetched> secrets = new HashMap<>();

    /// `lab`: a lab wrote the inventory, so nothing in it is secret and passwords may stand in it.
    LoginResolver(InventoryEnvironment surroundings, Path directory, boolean lab, List<Problem> problems) {
        this.surroundings = surroundings;
        this.directory = directory;
        this.lab = lab;
        this.problems = problems;
    }

    /// `logins`: outermost group first, the machine's own last; each field is taken from the last that has it. `at`: for an unreadable key.
    Ssh merged(List<InventorySchema.Login> logins, Supplier<Location> at) {
        var missing = new ArrayList<Problem>();
        return new Ssh(last(logins, InventorySchema.Login::user).map(UserName::text),
            last(logins, InventorySchema.Login::port).map(SshPort::number),
            last(logins, InventorySchema.Login::identity).flatMap(path -> identity(path, at.get(), missing)),
            last(logins, InventorySchema.Login::passphrase).flatMap(tree -> secret("passphrase", tree, missing)),
            last(logins, InventorySchema.Login::password).flatMap(tree -> secret("password", tree, missing)),
            last(logins, InventorySchema.Login::sudo).orElse(Ssh.Sudo.NONE),
            last(logins, InventorySchema.Login::sudoPassword).flatMap(tree -> secret("sudo_password", tree, missing)), missing);
    }

    private static <T> Optional<T> last(List<InventorySchema.Login> logins, Function<InventorySchema.Login, Optional<T>> field) {
        return logins.reversed().stream().flatMap(login -> field.apply(login).stream()).findFirst();
    }

    /// A key that is not there stays named: the machine that needs it is the one that cannot be logged in to.
    private Optional<String> identity(String written, Location at, List<Problem> missing) {
        try {
            Path file = surroundings.resolve(directory, written);
            if (!Files.isRegularFile(file) || !Files.isReadable(file))
                missing.add(new Problem(at, "`identity`: the key file cannot be read: " + file));
            return Optional.of(file.toString());
        } catch (InvalidPathException notAPath) {
            problems.add(new Problem(at, "`identity` is not a file name: " + written));
            return Optional.empty();
        }
    }

    private record Pointer(Optional<String> env, Optional<String> file) {
        Pointer {
            if (env.isPresent() == file.isPresent()) throw new IllegalArgumentException("a secret is {env: NAME} or {file: PATH}");
        }
    }

    /// A pointer to nothing is missing for the machines that use it; a secret that is written wrongly is a problem of the file.
    private Optional<Secret> secret(String field, Tree tree, List<Problem> missing) {
        Fetched fetched = secrets.computeIfAbsent(tree.at(), at -> {
            try {
                return new Fetched(Optional.of(fetched(tree)), Optional.empty());
            } catch (Missing gone) {
                return new Fetched(Optional.empty(), Optional.of(new Problem(at, gone.getMessage())));
            } catch (InvalidInput wrong) {
                problems.addAll(wrong.problems());
                return new Fetched(Optional.empty(), Optional.empty());
            }
        });
        fetched.missing().ifPresent(gone -> missing.add(new Problem(gone.at(), "`" + field + "`: " + gone.message())));
        return fetched.secret();
    }

    private record Fetched(Optional<Secret> secret, Optional<Problem> missing) {}

    private static final class Missing extends Exception {
        private static final long serialVersionUID = 1;

        Missing(String what) {
            super(what);
        }
    }

    private Secret fetched(Tree tree) throws Missing {
        if (tree instanceof Tree.Scalar scalar) {
            if (lab) return new Secret(scalar.text());
            throw new InvalidInput(tree.at(), "a secret is not written into the inventory; write {env: NAME} or {file: PATH}");
        }
        var pointer = Binder.bind(Pointer.class, tree);
        return pointer.env.isPresent() ? ofEnvironment(pointer.env.get()) : ofFile(pointer.file.orElseThrow());
    }

    private Secret ofEnvironment(String name) throws Missing {
        String value = surroundings.environment().getOrDefault(name, "");
        if (value.isEmpty()) throw new Missing("the environment variable " + name + " is not set");
        return new Secret(value);
    }

    private Secret ofFile(String written) throws Missing {
        Path file = surroundings.resolve(directory, written);
        try {
            String text = BoundedFile.text(file, LONGEST, Location.file(file.toString()), "the secret").replaceFirst("\\R\\z", "");
            Set<PosixFilePermission> open = EnumSet.copyOf(OTHERS);
            open.retainAll(Files.getPosixFilePermissions(file));
            if (!open.isEmpty()) throw new Missing("others can read the secret; chmod 600 " + file);
            if (text.isEmpty() || text.contains("\n")) throw new Missing("a secret is one line: " + file);
            return new Secret(text);
        } catch (InvalidInput unreadable) {
            throw new Missing(unreadable.problems().getFirst().message() + ": " + file);
        } catch (IOException | UnsupportedOperationException unreadable) {
            throw new Missing("the secret cannot be read: " + file);
        }
    }
}

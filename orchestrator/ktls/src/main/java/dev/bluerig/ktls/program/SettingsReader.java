package dev.bluerig.ktls.program;

import dev.bluerig.ktls.Cipher;
import dev.bluerig.ktls.TlsVersion;
import dev.bluerig.ktls.secure.Identity;
import dev.bluerig.ktls.secure.Role;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads the settings, and says everything that is wrong with them at once.
final class SettingsReader {
    static final Predicate<String> PIN = Pattern.compile("[0-9a-f]{64}").asMatchPredicate();
    static final String PIN_WANTED = "64 lower-case hex digits";
    private static final int MOST_CONNECTIONS = 1000;
    private static final int LARGEST_WRITE = 4 << 20;
    private static final int MOST_CORES = 8191;
    private static final int SECONDS_OF_A_DAY = 86400;
    private static final int LONGEST_SILENCE = 3600;
    private static final int USUAL_SILENCE = 20;

    private final FieldReader fields;

    private SettingsReader(FieldReader fields) {
        this.fields = fields;
    }

    static Settings read(Json line) throws BadLine {
        if (!(line instanceof Json.Fields object)) throw new BadLine("the settings are an object, found " + line);
        return new SettingsReader(new FieldReader(object)).read();
    }

    private Settings read() throws BadLine {
        Role role = fields.word("role", Role.class);
        boolean client = role == Role.CLIENT;
        InetAddress address = fields.address("address");
        List<Integer> ports = fields.numbers("ports", 65535, client ? "the same port twice" : "[first, last] from 1 to 65535",
            found -> found.size() == 2 && found.get(0) >= 1 && found.get(0) <= found.get(1) && (!client || found.get(0).equals(found.get(1))));
        Optional<InetAddress> local = local(client, address);
        Optional<String> pin = fields.perhaps("pin", PIN, PIN_WANTED);
        fields.demand(pin.isPresent() == client, client ? "`pin` is missing: " + PIN_WANTED : "`pin` is for a client");
        TlsVersion version = named("version", TlsVersion.values(), TlsVersion::text);
        Cipher cipher = named("cipher", Cipher.values(), Cipher::text);
        Identity.Kind kind = fields.perhaps("certificate", text -> text.equals("ecdsa") || text.equals("rsa"), "ecdsa or rsa").filter("rsa"::equals).isPresent() ? Identity.Kind.RSA : Identity.Kind.ECDSA;
        boolean transmit = fields.either("transmit", "kernel", "user-space");
        boolean receive = fields.either("receive", "kernel", "user-space");
        int connections = (int) fields.whole("connections", 1, MOST_CONNECTIONS);
        long bytes = fields.whole("bytes", 0, Long.MAX_VALUE);
        long seconds = fields.whole("seconds", 0, SECONDS_OF_A_DAY);
        fields.demand((bytes == 0) != (seconds == 0), "exactly one of `bytes` and `seconds` is greater than 0");
        int write = (int) fields.whole("write", 1, LARGEST_WRITE);
        Settings.Source source = fields.word("source", Settings.Source.class);
        Settings.Direction direction = fields.word("direction", Settings.Direction.class);
        Settings.Mode mode = fields.word("mode", Settings.Mode.class);
        boolean everyByte = fields.either("verify", "every-byte", "sample");
        long seed = fields.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE);
        List<Integer> cpus = fields.numbers("cpus", MOST_CORES, "a list of core numbers", found -> true);
        List<List<String>> restore = fields.commands("restore");
        String directory = fields.text("directory", SettingsReader::deep, "an absolute path of at least two levels");
        Duration lease = Duration.ofSeconds(fields.whole("lease", 1, SECONDS_OF_A_DAY));
        Duration silence = Duration.ofSeconds(fields.whole("silence", 1, LONGEST_SILENCE, USUAL_SILENCE));
        fields.finish();
        return new Settings(role, address, ports.get(0), ports.get(1), local, pin, version, cipher, kind, transmit, receive, connections, bytes, seconds, write, source,
            direction, mode, everyByte, seed, cpus, restore, directory, lease, silence);
    }

    private Optional<InetAddress> local(boolean client, InetAddress address) {
        Optional<InetAddress> local = fields.perhaps("local", text -> FieldReader.literal(text).isPresent(), "an IP address").flatMap(FieldReader::literal);
        fields.demand(client || local.isEmpty(), "`local` is for a client");
        local.ifPresent(own -> fields.demand(own.getClass() == address.getClass(), "`local` and `address` are of one family"));
        return local;
    }

    private <T> T named(String name, T[] family, Function<T, String> text) {
        List<String> words = Stream.of(family).map(text).toList();
        String found = fields.text(name, words::contains, String.join(" or ", words));
        return family[Math.max(0, words.indexOf(found))];
    }

    /// So that a wrong word can never remove a directory of the system's.
    private static boolean deep(String directory) {
        if (directory.indexOf('\0') >= 0) return false;
        Path path = Path.of(directory);
        return path.isAbsolute() && path.equals(path.normalize()) && path.getNameCount() >= 2;
    }
}

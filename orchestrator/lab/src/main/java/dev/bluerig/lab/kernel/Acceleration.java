package dev.bluerig.lab.kernel;

import dev.bluerig.lab.machine.LabFailed;
import dev.bluerig.lab.machine.LabPrograms;
import dev.bluerig.lab.machine.LabRemoval;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// How QEMU runs a guest's instructions: by the processor when a guest was seen to boot that way, else by plain emulation.
///
/// A /dev/kvm that opens proves nothing: under some hypervisors it opens and every guest hangs. So a tiny guest is booted once in each boot
/// of this machine, with a deadline, and the answer is remembered in the cache (who may only read that tries each time).
enum Acceleration {
    KVM("kvm"), EMULATION("tcg,thread=multi");

    private static final Path DEVICE = Path.of("/dev/kvm");
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final String MARK = "BLUERIG-BOOT-TEST";
    /// A guest with KVM is there after a second or two.
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final long GLANCE = 100;

    private final String option;

    Acceleration(String option) {
        this.option = option;
    }

    /// What follows `-accel`.
    String option() {
        return option;
    }

    static Acceleration ofThisMachine(ImageCache cache, GuestImages images, LabProgress progress) throws LabFailed {
        if (!Files.isReadable(DEVICE) || !Files.isWritable(DEVICE)) return EMULATION;
        try {
            Path remembered = cache.directory().resolve("acceleration-" + Files.readString(BOOT).strip());
            if (Files.exists(remembered)) return valueOf(Files.readString(remembered).strip());
            progress.say("acceleration: trying " + DEVICE + ", at most " + DEADLINE.toSeconds() + " s");
            Acceleration found = boots(images) ? KVM : EMULATION;
            progress.say("acceleration: " + (found == KVM ? "KVM" : DEVICE + " opens, but a guest does not boot with it: plain emulation"));
            if (cache.writable()) {
                forget(cache);
                Files.writeString(remembered, found.name());
            }
            return found;
        } catch (IOException unusable) {
            throw new LabFailed("cannot try " + DEVICE + " or remember the answer in " + cache.directory(), unusable);
        }
    }

    private static void forget(ImageCache cache) throws IOException {
        try (Stream<Path> all = Files.list(cache.directory())) {
            for (Path old : all.filter(path -> path.getFileName().toString().startsWith("acceleration-")).toList())
                Files.deleteIfExists(old);
        }
    }

    private static boolean boots(GuestImages images) throws IOException, LabFailed {
        Path directory = Files.createTempDirectory("bluerig-boot-test");
        try {
            Path console = directory.resolve("console");
            Files.createFile(console);
            Process process = LabPrograms.process(words(images, console)).redirectErrorStream(true)
                .redirectOutput(directory.resolve("qemu.log").toFile()).start();
            try {
                long end = System.nanoTime() + DEADLINE.toNanos();
                while (System.nanoTime() < end) {
                    boolean ended = process.waitFor(GLANCE, TimeUnit.MILLISECONDS);
                    if (Files.readString(console).contains(MARK)) return true;
                    if (ended) return false;
                }
                return false;
            } finally {
                process.destroyForcibly();
                process.waitFor(GLANCE * 20, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new LabFailed("interrupted while " + DEVICE + " was tried", stopped);
        } finally {
            LabRemoval.of(directory);
        }
    }

    private static List<String> words(GuestImages images, Path console) {
        var words = new ArrayList<>(List.of("qemu-system-x86_64", "-name", "bluerig-boot-test", "-accel", KVM.option, "-m", "512"));
        words.addAll(QemuCommand.BARE);
        words.addAll(List.of("-no-reboot", "-serial", "file:" + console.toString().replace(",", ",,"),
            "-kernel", images.kernel().toString(), "-initrd", images.initrd().toString(), "-append",
            "console=ttyS0 panic=-1 bluerig.boot_test"));
        return words;
    }
}

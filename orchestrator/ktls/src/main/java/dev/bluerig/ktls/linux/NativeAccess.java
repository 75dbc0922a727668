package dev.bluerig.ktls.linux;

import java.lang.foreign.Arena;
import java.util.List;
import java.util.function.Function;

/// Where system calls come from, with a message that helps when they may not be made.
final class NativeAccess {
    private static final List<String> ARCHITECTURES = List.of("amd64", "aarch64");

    private NativeAccess() {}

    static Function<Arena, SystemCalls> calls() {
        String system = System.getProperty("os.name");
        String architecture = System.getProperty("os.arch");
        if (!system.equals("Linux") || !ARCHITECTURES.contains(architecture))
            throw new UnsupportedOperationException("wanted Linux on one of " + ARCHITECTURES + ", found " + system + " on "
                + architecture);
        try (Arena arena = Arena.ofConfined()) {
            new CLibrary(arena);
        } catch (ExceptionInInitializerError refused) {
            throw new IllegalStateException("system calls may not be made: start java with --enable-native-access=ALL-UNNAMED, or from"
                + " the jar whose manifest allows them", refused.getCause());
        }
        return CLibrary::new;
    }
}

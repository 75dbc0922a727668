package dev.bluerig.ktls.linux;

import dev.bluerig.ktls.SystemFailure;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/// The file that a connection sends from, kept open from call to call.
final class SentFile {
    private static final int O_CLOEXEC = 0x80000; // asm-generic/fcntl.h; O_RDONLY is 0

    private record Open(Path path, int descriptor) {}

    private final Function<Arena, SystemCalls> calls;
    private Optional<Open> last = Optional.empty();

    SentFile(Function<Arena, SystemCalls> calls) {
        this.calls = calls;
    }

    int opened(Path path) throws SystemFailure {
        if (last.isEmpty() || !last.get().path().equals(path)) {
            close();
            try (Arena arena = Arena.ofConfined()) {
                long descriptor = calls.apply(arena).open(arena.allocateFrom(path.toString()), O_CLOEXEC);
                last = Optional.of(new Open(path, (int) Errno.checked("open", descriptor)));
            }
        }
        return last.get().descriptor();
    }

    void close() {
        last.ifPresent(open -> {
            try (Arena arena = Arena.ofConfined()) {
                calls.apply(arena).close(open.descriptor());
            }
        });
        last = Optional.empty();
    }
}

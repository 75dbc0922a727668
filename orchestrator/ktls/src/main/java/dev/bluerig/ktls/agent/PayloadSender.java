package dev.bluerig.ktls.agent;

import dev.bluerig.ktls.secure.PairFailed;
import dev.bluerig.ktls.secure.TlsChannel;
import dev.bluerig.protocol.PayloadPattern;
import dev.bluerig.protocol.Role;
import java.nio.file.Path;
import java.util.Optional;

/// Sends the payload of one connection, right from the pattern or from the file that holds it.
final class PayloadSender {
    private final PayloadPattern pattern;
    private final Optional<Path> file;
    private final Role sender;
    private final int connection;
    private final boolean everyByte;
    private final ByteCounter counter;
    private long offset;

    PayloadSender(PayloadPattern pattern, Optional<Path> file, Role sender, int connection, boolean everyByte, ByteCounter counter) {
        this.pattern = pattern;
        this.file = file;
        this.sender = sender;
        this.connection = connection;
        this.everyByte = everyByte;
        this.counter = counter;
    }

    long offset() {
        return offset;
    }

    /// Writes so many bytes at once, or fewer up to the end of the chunk, and says how many.
    int write(TlsChannel channel, int most) throws PairFailed {
        counter.begin();
        int count = Math.min(most, PayloadPattern.run(offset));
        int position = pattern.position(sender, connection, offset);
        if (file.isPresent()) channel.sendFile(file.get(), position, count);
        else channel.send(pattern.slice(position, count));
        if (everyByte) counter.digest(pattern.slice(position, count));
        offset += count;
        counter.moved(count);
        return count;
    }
}

package dev.bluerig.ktls.program;

import dev.bluerig.ktls.secure.PairFailed;
import dev.bluerig.ktls.secure.TlsChannel;
import dev.bluerig.protocol.PayloadPattern;
import dev.bluerig.protocol.Role;
import java.nio.file.Path;
import java.util.Optional;

/// Sends the payload of one connection (lane), right from the tile or from the file that holds it.
final class PayloadSender {
    private final PayloadPattern tile;
    private final Optional<Path> file;
    private final Role sender;
    private final int connection;
    private final boolean everyByte;
    private final ByteCounter tally;
    private long offset;

    PayloadSender(PayloadPattern tile, Optional<Path> file, Role sender, int connection, boolean everyByte, ByteCounter tally) {
        this.tile = tile;
        this.file = file;
        this.sender = sender;
        this.connection = connection;
        this.everyByte = everyByte;
        this.tally = tally;
    }

    long offset() {
        return offset;
    }

    /// Writes so many bytes at once, or fewer up to the end of the stretch, and says how many.
    int write(TlsChannel channel, int most) throws PairFailed {
        tally.begin();
        int count = Math.min(most, PayloadPattern.run(offset));
        int position = tile.position(sender, connection, offset);
        if (file.isPresent()) channel.sendFile(file.get(), position, count);
        else channel.send(tile.slice(position, count));
        if (everyByte) tally.digest(tile.slice(position, count));
        offset += count;
        tally.moved(count);
        return count;
    }
}

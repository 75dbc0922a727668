package dev.bluerig.trial;

import dev.bluerig.remote.Command;
import dev.bluerig.source.Binder;
import dev.bluerig.source.Json;
import java.util.List;

/// The first line that a program of the pair is told, field by field as docs/pair-protocol.md has them.
record PairSettings(Role role, String address, List<Integer> ports, String local, String pin, TlsVersion version, Cipher cipher,
                    DuetSettings.Certificate certificate, Load.By transmit, Load.By receive, int connections, long bytes, int seconds, long write,
                    Load.Source source, Load.Direction direction, Load.Mode mode, Load.Verify verify, long seed, List<Integer> cpus,
                    List<List<String>> restore, String directory, long lease, long silence) {

    /// A connection on which nothing moves is told of by the driver, which sees both ends, before a program gives it up.
    private static final long LONGER = 10;

    static PairSettings server(Seat seat, DuetSettings settings) {
        return of(Role.SERVER, seat, settings, seat.address(), List.of(settings.listen().first(), settings.listen().last()), "", "");
    }

    static PairSettings client(Seat seat, DuetSettings settings, String address, int port, String pin) {
        return of(Role.CLIENT, seat, settings, address, List.of(port, port), seat.address(), pin);
    }

    private static PairSettings of(Role role, Seat seat, DuetSettings settings, String address, List<Integer> ports, String local, String pin) {
        Load load = settings.load();
        return new PairSettings(role, address, ports, local, pin, load.version(), load.cipher(), settings.certificate(), load.transmit(), load.receive(),
            load.connections(), load.bytes().map(ByteCount::bytes).orElse(0L), load.seconds().orElse(0), load.write().bytes(), load.source(), load.direction(),
            load.mode(), load.verify(), settings.seed(), seat.cpus(), seat.restore().stream().map(Command::words).toList(), seat.directory(),
            settings.lease().toSeconds(), settings.patience().toSeconds() + LONGER);
    }

    String line() {
        return Json.write(Binder.unbind(this));
    }
}

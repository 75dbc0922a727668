package dev.bluerig.trial.agent;

import dev.bluerig.remote.Command;
import dev.bluerig.source.Binder;
import dev.bluerig.source.Json;
import dev.bluerig.trial.spec.ByteCount;
import dev.bluerig.trial.spec.Cipher;
import dev.bluerig.trial.spec.Load;
import dev.bluerig.trial.spec.Role;
import dev.bluerig.trial.spec.TlsVersion;
import java.util.List;

/// The first line that a program of the pair is told, field by field as docs/pair-protocol.md has them.
record AgentSettings(Role role, String address, List<Integer> ports, String local, String pin, TlsVersion version, Cipher cipher,
                    AgentPairSettings.Certificate certificate, Load.By transmit, Load.By receive, int connections, long bytes, int seconds, long write,
                    Load.Source source, Load.Direction direction, Load.Mode mode, Load.Verify verify, long seed, List<Integer> cpus,
                    List<List<String>> restore, String directory, long lease, long silence) {

    /// A connection on which nothing moves is told of by the driver, which sees both ends, before a program gives it up.
    private static final long LONGER = 10;

    static AgentSettings server(AgentEndpoint seat, AgentPairSettings settings) {
        return of(Role.SERVER, seat, settings, seat.address(), List.of(settings.listen().first(), settings.listen().last()), "", "");
    }

    static AgentSettings client(AgentEndpoint seat, AgentPairSettings settings, String address, int port, String pin) {
        return of(Role.CLIENT, seat, settings, address, List.of(port, port), seat.address(), pin);
    }

    private static AgentSettings of(Role role, AgentEndpoint seat, AgentPairSettings settings, String address, List<Integer> ports, String local, String pin) {
        Load load = settings.load();
        return new AgentSettings(role, address, ports, local, pin, load.version(), load.cipher(), settings.certificate(), load.transmit(), load.receive(),
            load.connections(), load.bytes().map(ByteCount::bytes).orElse(0L), load.seconds().orElse(0), load.write().bytes(), load.source(), load.direction(),
            load.mode(), load.verify(), settings.seed(), seat.cpus(), seat.restore().stream().map(Command::words).toList(), seat.directory(),
            settings.lease().toSeconds(), settings.patience().toSeconds() + LONGER);
    }

    String line() {
        return Json.write(Binder.unbind(this));
    }
}

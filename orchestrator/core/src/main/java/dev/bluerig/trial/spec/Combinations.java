package dev.bluerig.trial.spec;

import dev.bluerig.protocol.Cipher;
import dev.bluerig.protocol.LoadSettings;
import dev.bluerig.protocol.TlsVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/// Every combination of a matrix: one load each, in the order of the axes, the last one changing fastest.
final class Combinations {
    private Combinations() {}

    /// Throws `IllegalArgumentException` for a combination that is no load, and says which.
    static List<Load> of(Load load, Optional<Matrix> matrix) {
        var loads = List.of(load);
        if (matrix.isEmpty()) return loads;
        Matrix axes = matrix.get();
        loads = each(loads, "version", axes.version(), Combinations::version);
        loads = each(loads, "cipher", axes.cipher(), Combinations::cipher);
        loads = each(loads, "direction", axes.direction(), Combinations::direction);
        loads = each(loads, "connections", axes.connections(), Combinations::connections);
        loads = each(loads, "write", axes.write(), Combinations::write);
        return each(loads, "seconds", axes.seconds(), Combinations::seconds);
    }

    private static <T> List<Load> each(List<Load> loads, String axis, List<T> values, BiFunction<Load, T, Load> with) {
        if (values.isEmpty()) return loads;
        var all = new ArrayList<Load>();
        for (Load load : loads) for (T value : values) {
            try {
                all.add(with.apply(load, value));
            } catch (IllegalArgumentException refused) {
                throw new IllegalArgumentException("the combination with `" + axis + "` " + value + ": " + refused.getMessage());
            }
        }
        return List.copyOf(all);
    }

    private static Load version(Load l, TlsVersion version) {
        return new Load(version, l.cipher(), l.direction(), l.connections(), l.bytes(), l.seconds(), l.write(), l.verify(), l.mode(),
            l.source(), l.cpus(), l.transmit(), l.receive());
    }

    private static Load cipher(Load l, Cipher cipher) {
        return new Load(l.version(), cipher, l.direction(), l.connections(), l.bytes(), l.seconds(), l.write(), l.verify(), l.mode(),
            l.source(), l.cpus(), l.transmit(), l.receive());
    }

    private static Load direction(Load l, LoadSettings.Direction direction) {
        return new Load(l.version(), l.cipher(), direction, l.connections(), l.bytes(), l.seconds(), l.write(), l.verify(), l.mode(),
            l.source(), l.cpus(), l.transmit(), l.receive());
    }

    private static Load connections(Load l, int connections) {
        return new Load(l.version(), l.cipher(), l.direction(), connections, l.bytes(), l.seconds(), l.write(), l.verify(), l.mode(),
            l.source(), l.cpus(), l.transmit(), l.receive());
    }

    private static Load write(Load l, ByteCount write) {
        return new Load(l.version(), l.cipher(), l.direction(), l.connections(), l.bytes(), l.seconds(), write, l.verify(), l.mode(),
            l.source(), l.cpus(), l.transmit(), l.receive());
    }

    /// A time takes the place of a number of bytes.
    private static Load seconds(Load l, int seconds) {
        return new Load(l.version(), l.cipher(), l.direction(), l.connections(), Optional.empty(), Optional.of(seconds), l.write(),
            l.verify(), l.mode(), l.source(), l.cpus(), l.transmit(), l.receive());
    }
}

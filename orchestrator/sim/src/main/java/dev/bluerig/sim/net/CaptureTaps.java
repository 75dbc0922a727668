package dev.bluerig.sim.net;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Who captures on a link: each is given every frame that the machine itself forwards over it.
public final class CaptureTaps {
    private final List<Consumer<byte[]>> all = new CopyOnWriteArrayList<>();

    public void add(Consumer<byte[]> tap) {
        all.add(tap);
    }

    public void remove(Consumer<byte[]> tap) {
        all.remove(tap);
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    public void frame(byte[] frame) {
        all.forEach(tap -> tap.accept(frame));
    }
}

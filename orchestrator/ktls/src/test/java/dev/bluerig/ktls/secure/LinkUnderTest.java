package dev.bluerig.ktls.secure;

import java.util.ArrayList;
import java.util.List;

/// What lies between this program and its peer: the loopback device, or the NICs of two network namespaces. `nic`: name of the NIC at both
/// ends, empty for loopback;
/// `inside`: words that start a command at the peer's end.
record LinkUnderTest(String name, String ours, String theirs, String nic, List<String> inside) {
    static final LinkUnderTest LOOPBACK = new LinkUnderTest("loopback", "127.0.0.1", "127.0.0.1", "", List.of());

    /// As whoever laid the link says in the environment: `BLUERIG_NIC="OUR-ADDRESS THEIR-ADDRESS DEVICE COMMAND..."`.
    static LinkUnderTest laid() {
        String said = System.getenv("BLUERIG_NIC");
        if (said == null)
            throw new IllegalStateException("wanted BLUERIG_NIC in the environment: our address, the peer's, the device's name, and the"
                + " words that start a command at the peer's end");
        List<String> words = List.of(said.split(" "));
        return new LinkUnderTest("nic", words.get(0), words.get(1), words.get(2), words.subList(3, words.size()));
    }

    List<String> here(String... words) {
        return List.of(words);
    }

    List<String> there(String... words) {
        List<String> all = new ArrayList<>(inside);
        all.addAll(List.of(words));
        return List.copyOf(all);
    }

    @Override
    public String toString() {
        return name;
    }
}

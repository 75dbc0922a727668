package dev.bluerig.task.link;

import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.tls.TlsFlags;
import dev.bluerig.fact.tls.TlsFlags.Flag;
import dev.bluerig.fact.tls.TlsSockets;
import dev.bluerig.remote.Command;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.DiffBuilder;
import dev.bluerig.task.diff.DiffBuilder.Phase;
import dev.bluerig.task.diff.Finding;
import java.util.ArrayList;
import java.util.List;

/// The TLS offload flags of one link at run time against what is wanted of them; all of a link change in one command.
public record FlagState(OffloadSpec wanted, Link link, TlsFlags flags) {
    public void compare(TlsSockets sockets, DiffBuilder draft) {
        var words = new ArrayList<String>();
        var back = new ArrayList<String>();
        wanted.tlsTx().ifPresent(on -> one(TlsFlags.TX, on, flags.transmit(), sockets, words, back, draft));
        wanted.tlsRx().ifPresent(on -> one(TlsFlags.RX, on, flags.receive(), sockets, words, back, draft));
        if (!words.isEmpty()) draft.step(Phase.FLAGS, ethtool(words), ethtool(back));
    }

    private void one(String name, boolean on, Flag found, TlsSockets sockets, List<String> words, List<String> back, DiffBuilder draft) {
        if (found.on() == on) return;
        var change = new Change(link.name() + wanted.pci().map(pci -> " (" + pci + ")").orElse("") + " " + name, OffloadSpec.word(on),
            found.words());
        switch (found) {
            case ON_FIXED, OFF_FIXED -> draft.unmet(Finding.OFFLOAD_FIXED, change, "");
            case ON_REFUSED, OFF_REFUSED -> draft.unmet(Finding.OFFLOAD_REFUSED, change, "");
            case ABSENT -> draft.unmet(Finding.OFFLOAD_UNKNOWN_FLAG, change, "");
            case ON, OFF -> {
                if (!sockets.device().isEmpty()) draft.unmet(Finding.BUSY, change, CardInUse.next(sockets));
                draft.change(change.what(), change.expected(), change.found());
                words.addAll(List.of(name, OffloadSpec.word(on)));
                back.addAll(List.of(name, OffloadSpec.word(!on)));
            }
        }
    }

    private Command ethtool(List<String> words) {
        var line = new ArrayList<>(List.of("ethtool", "-K", link.name().text()));
        line.addAll(words);
        return Command.of(line);
    }
}

package dev.bluerig.task;

import dev.bluerig.fact.Link;
import dev.bluerig.fact.TlsFlags;
import dev.bluerig.fact.TlsFlags.Flag;
import dev.bluerig.fact.TlsSockets;
import dev.bluerig.remote.Command;
import dev.bluerig.task.Draft.Phase;
import java.util.ArrayList;
import java.util.List;

/// The TLS offload flags of one link at run time against what is wanted of them; all of a link change in one command.
record FlagState(OffloadItem wanted, Link link, TlsFlags flags) {
    void compare(TlsSockets sockets, Draft draft) {
        var words = new ArrayList<String>();
        var back = new ArrayList<String>();
        wanted.tlsTx().ifPresent(on -> one(TlsFlags.TX, on, flags.transmit(), sockets, words, back, draft));
        wanted.tlsRx().ifPresent(on -> one(TlsFlags.RX, on, flags.receive(), sockets, words, back, draft));
        if (!words.isEmpty()) draft.step(Phase.FLAGS, ethtool(words), ethtool(back));
    }

    private void one(String name, boolean on, Flag found, TlsSockets sockets, List<String> words, List<String> back, Draft draft) {
        if (found.on() == on) return;
        var change = new Change(link.name() + wanted.pci().map(pci -> " (" + pci + ")").orElse("") + " " + name, OffloadItem.word(on), found.words());
        switch (found) {
            case ON_FIXED, OFF_FIXED -> draft.unmet(Finding.OFFLOAD_FIXED, change, "");
            case ON_REFUSED, OFF_REFUSED -> draft.unmet(Finding.OFFLOAD_REFUSED, change, "");
            case ABSENT -> draft.unmet(Finding.OFFLOAD_UNKNOWN_FLAG, change, "");
            case ON, OFF -> {
                if (!sockets.device().isEmpty()) draft.unmet(Finding.BUSY, change, Busy.next(sockets));
                draft.change(change.what(), change.expected(), change.found());
                words.addAll(List.of(name, OffloadItem.word(on)));
                back.addAll(List.of(name, OffloadItem.word(!on)));
            }
        }
    }

    private Command ethtool(List<String> words) {
        var line = new ArrayList<>(List.of("ethtool", "-K", link.name().text()));
        line.addAll(words);
        return Command.of(line);
    }
}

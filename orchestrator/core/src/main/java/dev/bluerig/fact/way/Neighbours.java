package dev.bluerig.fact.way;

import dev.bluerig.fact.ToolJson;
import dev.bluerig.remote.Command;
import dev.bluerig.source.Tree;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The MAC addresses of those that were spoken to, by `ADDRESS%LINK`.
public record Neighbours(Map<String, String> macs) {
    static final Command COMMAND = Command.of("ip", "-j", "neigh", "show");

    public Neighbours {
        macs = Map.copyOf(macs);
    }

    static Neighbours parse(String json) {
        var macs = new HashMap<String, String>();
        for (Tree.Mapping entry : ToolJson.objects("ip neigh", json)) {
            boolean failed = ToolJson.texts(entry, "state").contains("FAILED");
            var mac = ToolJson.text(entry, "lladdr").map(text -> text.toLowerCase(Locale.ROOT));
            if (failed || mac.isEmpty()) continue;
            ToolJson.text(entry, "dst").ifPresent(address -> macs.put(address + "%" + ToolJson.text(entry, "dev").orElse(""), mac.get()));
        }
        return new Neighbours(macs);
    }

    public Optional<String> mac(String address, String link) {
        return Optional.ofNullable(macs.get(address + "%" + link));
    }
}

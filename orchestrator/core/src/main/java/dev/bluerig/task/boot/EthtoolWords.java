package dev.bluerig.task.boot;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What one option of `ethtool` is to set at boot: `-K`, and `tls-hw-tx-offload on`.
public record EthtoolWords(Kind kind, Map<String, String> values) {
    /// `file`: in the names of our files; `option`: of ethtool(8); `names`: how all names of this kind begin; `property`: what
    /// NetworkManager puts before a name (nm-settings(5)); `noun`, `words`: for people.
    public enum Kind {
        TLS_OFFLOAD("offload", "-K", "tls-hw-", "ethtool.feature-", "flags", "TLS offload flags");

        private final String file;
        private final String option;
        private final String names;
        private final String property;
        private final String noun;
        private final String words;

        Kind(String file, String option, String names, String property, String noun, String words) {
            this.file = file;
            this.option = option;
            this.names = names;
            this.property = property;
            this.noun = noun;
            this.words = words;
        }
    }

    public EthtoolWords {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /// `-K ens1f0np0 tls-hw-tx-offload on tls-hw-rx-offload off`. `link` may be a variable.
    String options(String link) {
        var words = new ArrayList<>(List.of(kind.option, link));
        values.forEach((name, value) -> words.addAll(List.of(name, value)));
        return String.join(" ", words);
    }

    String command(String link) {
        return "ethtool " + options(link);
    }

    /// Options of the same kind.
    boolean isReplacing(String options) {
        return options.contains(kind.names);
    }

    String property(String name) {
        return kind.property + name;
    }

    /// `bluerig-offload-KEY`.
    String file(String key) {
        return "bluerig-" + kind.file + "-" + key;
    }

    String saved(String link, String who) {
        return link + " " + kind.noun + " at boot (" + who + ")";
    }

    /// For people.
    String words() {
        return kind.words;
    }
}

package dev.bluerig.fact.system;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/// What became of some kernel modules on a machine. `bluerigFile` holds the lines of our own file in modules-load.d.
public record KernelModules(Map<String, Module> modules, List<String> bluerigFile) {
    /// Where a persistent entry of ours stands.
    public static final String FILE = "/etc/modules-load.d/bluerig.conf";

    public KernelModules {
        modules = Collections.unmodifiableMap(new TreeMap<>(modules));
        bluerigFile = List.copyOf(bluerigFile);
    }

    public Module get(String name) {
        return Optional.ofNullable(modules.get(name)).orElseThrow(() -> new IllegalArgumentException("not asked: module " + name));
    }

    /// `builtIn` counts as loaded and as persistent. `file` is absent when this kernel has no such module.
    /// `persistentIn`, `blacklistedIn`: files below modules-load.d (or /etc/modules) and modprobe.d that name it.
    public record Module(boolean loaded, boolean builtIn, Optional<String> file, List<String> persistentIn, List<String> blacklistedIn) {
        public Module {
            persistentIn = List.copyOf(persistentIn);
            blacklistedIn = List.copyOf(blacklistedIn);
        }

        public boolean present() {
            return loaded || builtIn;
        }

        public boolean persistent() {
            return builtIn || !persistentIn.isEmpty();
        }
    }

    /// Module names as `modprobe` takes them; `-` and `_` are the same to the kernel.
    public record Seen(List<String> names) implements Fact.Question<KernelModules> {
        public Seen {
            names = List.copyOf(new TreeSet<>(names));
            names.forEach(ModuleQuestions::check);
        }

        @Override
        public Inquiry<KernelModules> read() {
            return names.isEmpty() ? Reading.known(new KernelModules(Map.of(), List.of())) : new ModuleQuestions(names).first();
        }
    }
}

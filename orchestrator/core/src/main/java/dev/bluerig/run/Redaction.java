package dev.bluerig.run;

import dev.bluerig.diagnostic.Code;
import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.Machine;
import dev.bluerig.playbook.CodeCatalogue;
import dev.bluerig.source.Binder;
import dev.bluerig.source.Secret;
import dev.bluerig.source.SecretFinder;
import dev.bluerig.source.Tree;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The last net under secrets: whatever a tool printed, the inventory's own secrets do not reach a file or a terminal.
///
/// Values are cleaned, before anything is rendered: text that machines or tools may have written, and no key, date, code, or name of the
/// inventory (`@TrustedText`). So no file of ours breaks, and `***` stands nowhere where everybody knows what else would stand there.
public final class Redaction {
    private static final Set<String> CODES = CodeCatalogue.all().stream().map(Code::name).collect(Collectors.toUnmodifiableSet());
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2})?");

    private final List<Secret> secrets;
    private final Set<String> names;
    private final SecretFinder hidden;

    private Redaction(Collection<Secret> secrets, Set<String> names) {
        this.secrets = List.copyOf(secrets);
        this.names = Set.copyOf(names);
        this.hidden = new SecretFinder(this.secrets, this::isOurs);
    }

    public Redaction(List<Secret> secrets) {
        this(secrets, Set.of());
    }

    public static Redaction none() {
        return new Redaction(List.of());
    }

    public static Redaction of(Inventory inventory) {
        Set<Secret> all = new LinkedHashSet<>();
        for (Machine machine : inventory.machines().values()) {
            Stream.of(machine.ssh().password(), machine.ssh().passphrase(), machine.ssh().sudoPassword()).flatMap(Optional::stream)
                .forEach(all::add);
            gather(machine.vars(), all);
        }
        var names = new HashSet<>(inventory.machines().keySet());
        names.addAll(inventory.groups().keySet());
        names.addAll(inventory.pairs().keySet());
        return new Redaction(all, names);
    }

    private static void gather(Object value, Set<Secret> all) {
        switch (value) {
            case Secret secret -> all.add(secret);
            case Map<?, ?> map -> map.values().forEach(inner -> gather(inner, all));
            case Iterable<?> items -> items.forEach(inner -> gather(inner, all));
            default -> { }
        }
    }

    /// These, too: what was typed, or what another inventory holds.
    public Redaction and(Collection<Secret> more) {
        return new Redaction(Stream.concat(secrets.stream(), more.stream()).distinct().toList(), names);
    }

    public Redaction and(Redaction other) {
        return new Redaction(Stream.concat(secrets.stream(), other.secrets.stream()).distinct().toList(),
            new HashSet<>(Stream.concat(names.stream(), other.names.stream()).toList()));
    }

    /// For who must leave them out of what is not shown, too.
    List<Secret> secrets() {
        return secrets;
    }

    /// What a machine or a tool may have written.
    public String of(String text) {
        return hidden.of(text);
    }

    /// An equal value but for its secrets.
    public <T extends Record> T of(Class<T> type, T value) {
        return hidden.isEmpty() ? value : Binder.bind(type, tree(value));
    }

    public <T extends Record> List<T> of(Class<T> type, List<T> values) {
        return values.stream().map(value -> of(type, value)).toList();
    }

    /// Ready to be written.
    public Tree tree(Object value) {
        return Binder.unbind(value, this::of);
    }

    /// A word that stands in our files whether or not it is somebody's password.
    private boolean isOurs(String word) {
        return names.contains(word) || CODES.contains(word) || DATE.matcher(word).matches();
    }
}

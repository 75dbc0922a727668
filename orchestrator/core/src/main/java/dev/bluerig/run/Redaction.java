package dev.bluerig.run;

import dev.bluerig.diagnostic.Code;
import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.Machine;
import dev.bluerig.playbook.CodeCatalogue;
import dev.bluerig.source.Binder;
import dev.bluerig.source.BoundedFile;
import dev.bluerig.source.InvalidInput;
import dev.bluerig.source.Location;
import dev.bluerig.source.Secret;
import dev.bluerig.source.SecretFinder;
import dev.bluerig.source.Tree;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
    private static final int LARGEST_KEY = 64 << 10;
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2})?");

    private final List<Secret> secrets;
    private final Set<String> names;
    private final SecretFinder hidden;
    private final SecretPatterns patterns = new SecretPatterns(this::isOurs);
    /// What merely looks like a secret goes, too.
    private final boolean strict;

    private Redaction(Collection<Secret> secrets, Set<String> names, boolean strict) {
        this.strict = strict;
        this.secrets = List.copyOf(secrets);
        this.names = Set.copyOf(names);
        this.hidden = new SecretFinder(this.secrets, this::isOurs);
    }

    public Redaction(List<Secret> secrets) {
        this(secrets, Set.of(), false);
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
        return new Redaction(all, names, false);
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
        return new Redaction(Stream.concat(secrets.stream(), more.stream()).distinct().toList(), names, strict);
    }

    public Redaction and(Redaction other) {
        return new Redaction(Stream.concat(secrets.stream(), other.secrets.stream()).distinct().toList(),
            new HashSet<>(Stream.concat(names.stream(), other.names.stream()).toList()), strict || other.strict);
    }

    /// For what leaves the house: also what an inventory holds under the name of a secret, and what looks like one (`SecretPatterns`).
    public Redaction strict(Inventory inventory) {
        var keys = inventory.machines().values().stream().flatMap(machine -> machine.ssh().identity().stream()).distinct()
            .flatMap(Redaction::key);
        return new Redaction(Stream.of(secrets.stream(), patterns.marked(seen(inventory)).stream(), keys).flatMap(all -> all).distinct()
            .toList(), names, true);
    }

    private static Stream<Secret> key(String file) {
        try {
            return Stream.of(new Secret(BoundedFile.text(Path.of(file), LARGEST_KEY, Location.file(file), "the key")));
        } catch (InvalidInput unreadable) {
            return Stream.empty();
        }
    }

    /// All that an inventory says, for who looks at it from outside; its secrets are `***` already.
    public static Tree seen(Inventory inventory) {
        var whole = new LinkedHashMap<String, Object>();
        whole.put("lab", inventory.lab().orElse(""));
        whole.put("groups", inventory.groups());
        whole.put("machines", inventory.machines());
        whole.put("pairs", inventory.pairs());
        return Binder.unbind(whole);
    }

    /// For who must leave them out of what is not shown, too.
    List<Secret> secrets() {
        return secrets;
    }

    /// What a machine or a tool may have written.
    public String of(String text) {
        return strict ? patterns.of(hidden.of(text)) : hidden.of(text);
    }

    /// An equal value but for its secrets.
    public <T extends Record> T of(Class<T> type, T value) {
        return hidden.isEmpty() && !strict ? value : Binder.bind(type, tree(value));
    }

    public <T extends Record> List<T> of(Class<T> type, List<T> values) {
        return values.stream().map(value -> of(type, value)).toList();
    }

    /// Ready to be written.
    public Tree tree(Object value) {
        return Binder.unbind(value, this::of);
    }

    /// The same of a tree of which nobody knows what it is: every text, and what stands under the name of a secret.
    public Tree strangers(Tree tree) {
        return patterns.tree(tree, this::of);
    }

    /// Of a tree whose texts are clean: what stands under the name of a secret.
    public Tree fields(Tree clean) {
        return patterns.tree(clean, text -> text);
    }

    /// A word that stands in our files whether or not it is somebody's password.
    private boolean isOurs(String word) {
        return names.contains(word) || CODES.contains(word) || DATE.matcher(word).matches();
    }
}

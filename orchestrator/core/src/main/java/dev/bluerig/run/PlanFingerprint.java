package dev.bluerig.run;

import dev.bluerig.inventory.Inventory;
import dev.bluerig.playbook.Play;
import dev.bluerig.playbook.ResolvedItem;
import dev.bluerig.playbook.ResolvedPlay;
import dev.bluerig.playbook.ResolvedTask;
import dev.bluerig.playbook.ResolvedTrial;
import dev.bluerig.playbook.TaskEntry;
import dev.bluerig.remote.Command;
import dev.bluerig.source.Binder;
import dev.bluerig.source.Json;
import dev.bluerig.source.Secret;
import dev.bluerig.source.Tree;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// SHA-256 of what a person agreed to. Of meanings, not of bytes: comments, places and the order of keys do not count.
///
/// Secrets are left out before hashing, because a short one could be guessed from a hash of a text that is known otherwise.
public record PlanFingerprint(List<Secret> secrets) {
    private static final String LEFT_OUT = "***";

    public PlanFingerprint {
        secrets = List.copyOf(secrets);
    }

    public static PlanFingerprint without(Redaction redaction) {
        return new PlanFingerprint(redaction.secrets());
    }

    /// What would run: words and what is handed over on stdin. Of a secret command its program alone.
    String of(Command command) {
        return command.secret() ? sha256(command.words().getFirst())
            : sha256(String.join("\0", command.words()) + "\0\0" + command.stdin());
    }

    /// The wanted state of one task on one machine, as rendered.
    String of(ResolvedTask assignment) {
        return sha256(assignment.written().task() + "\0" + canonical(assignment.rendered()));
    }

    /// Plays as written, with their templates, whatever `--limit` leaves of their machines; of trials the names, because no plan runs them.
    public String of(List<? extends ResolvedItem> items) {
        return sha256(items.stream().map(item -> switch (item) {
            case ResolvedPlay resolved -> play(resolved.play());
            case ResolvedTrial trial -> "trial\0" + trial.item().name();
        }).collect(Collectors.joining("\0\0")));
    }

    private static String play(Play play) {
        return "play\0" + play.name() + "\0" + play.machines().text() + "\0" + canonical(Binder.unbind(play.vars())) + "\0"
            + play.arm().map(seconds -> "arm\0" + seconds + "\0").orElse("")
            + play.tasks().stream().map(PlanFingerprint::entry).collect(Collectors.joining("\0"));
    }

    private static String entry(TaskEntry entry) {
        return entry.task() + "\0" + canonical(entry.body()) + entry.from().map(template -> "\0" + template.file() + "\0" + template.text())
            .orElse("");
    }

    public String of(Plan plan) {
        return sha256(plan.json());
    }

    public String of(Inventory inventory) {
        var whole = new TreeMap<String, Object>();
        whole.put("machines", inventory.machines());
        whole.put("groups", inventory.groups());
        whole.put("pairs", inventory.pairs());
        whole.put("lab", inventory.lab().orElse(""));
        return sha256(canonical(Binder.unbind(whole)));
    }

    private static String canonical(Tree tree) {
        return switch (tree) {
            case Tree.Scalar scalar -> Json.write(scalar);
            case Tree.Sequence sequence -> sequence.items().stream().map(PlanFingerprint::canonical)
                .collect(Collectors.joining(",", "[", "]"));
            case Tree.Mapping mapping -> new TreeMap<>(mapping.entries()).entrySet().stream()
                .map(entry -> Json.quoted(entry.getKey()) + ":" + canonical(entry.getValue().value()))
                .collect(Collectors.joining(",", "{", "}"));
        };
    }

    private String sha256(String text) {
        String clean = text;
        for (Secret secret : secrets)
            if (!secret.reveal().isEmpty()) clean = clean.replace(secret.reveal(), LEFT_OUT).replace(inJson(secret.reveal()), LEFT_OUT);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(clean.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }

    private static String inJson(String text) {
        String quoted = Json.quoted(text);
        return quoted.substring(1, quoted.length() - 1);
    }
}

package dev.bluerig.report;

import dev.bluerig.diagnostic.Code;
import dev.bluerig.diagnostic.CodeFamily;
import dev.bluerig.playbook.CodeCatalogue;
import dev.bluerig.run.RunCode;
import dev.bluerig.source.Location;
import dev.bluerig.source.Tree;
import dev.bluerig.source.YamlNames;
import dev.bluerig.trial.run.TrialSkip;
import dev.bluerig.trial.verdict.UnmetExpectation.Field;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A report of schema 1 or 2 as schema 3 says it: what stood there in words is taken apart here, and nowhere else.
final class FormerReport {
    private static final Pattern CABLE = Pattern.compile("(.*) ([0-9]{1,9})");
    private static final Pattern SUBJECT = Pattern.compile("([a-z_]+)(?: (?:of|at|to) (\\S+))?");
    private static final List<String> HALVES = List.of("tx", "rx");

    private FormerReport() {}

    static Tree upgraded(Tree tree) {
        return switch (tree) {
            case Tree.Mapping mapping -> upgraded(mapping);
            case Tree.Sequence sequence -> new Tree.Sequence(sequence.at(), sequence.items().stream().map(FormerReport::upgraded).toList());
            case Tree.Scalar scalar -> scalar;
        };
    }

    private static Tree upgraded(Tree.Mapping mapping) {
        boolean trial = mapping.get("trial").isPresent();
        boolean cell = mapping.get("load").isPresent() && mapping.get("misses").isPresent();
        var entries = new LinkedHashMap<String, Tree.Entry>();
        mapping.entries().forEach((key, entry) -> {
            Tree value = entry.value();
            Optional<Tree> now = key.equals("failure") && value instanceof Tree.Mapping failure ? Optional.of(failed(failure))
                : trial && key.equals("skipped") ? skipped(value)
                : cell && key.equals("cable") ? Optional.of(cable(value))
                : cell && key.equals("misses") ? Optional.of(misses(value, mapping)) : Optional.of(upgraded(value));
            now.ifPresent(some -> entries.put(key, new Tree.Entry(entry.keyAt(), some)));
        });
        return new Tree.Mapping(mapping.at(), entries);
    }

    private static Tree failed(Tree.Mapping failure) {
        var entries = new LinkedHashMap<>(failure.entries());
        entries.computeIfPresent("code", (key, entry) -> new Tree.Entry(entry.keyAt(), code(entry.value())));
        return new Tree.Mapping(failure.at(), entries);
    }

    /// Codes are unlike each other over all families.
    private static Tree code(Tree name) {
        if (!(name instanceof Tree.Scalar)) return name;
        var known = Stream.concat(CodeCatalogue.all().stream(), Stream.of(RunCode.values()))
            .filter(code -> code.name().equals(text(name))).findFirst();
        var family = known.map(Code::family).orElse(CodeFamily.FORMER);
        return mapping(name.at(), Map.of("name", text(name), "family", YamlNames.kebab(family)));
    }

    private static Optional<Tree> skipped(Tree why) {
        String text = text(why);
        if (text.isEmpty()) return Optional.empty();
        for (TrialSkip.Reason reason : List.of(TrialSkip.Reason.ONLY_ACCEPT, TrialSkip.Reason.LIMIT, TrialSkip.Reason.MACHINE_OUT)) {
            String lead = new TrialSkip(reason, "").words();
            if (text.startsWith(lead)) return Optional.of(skip(why.at(), reason, text.substring(lead.length())));
        }
        return Optional.of(skip(why.at(), TrialSkip.Reason.STOPPED, text));
    }

    private static Tree skip(Location at, TrialSkip.Reason reason, String detail) {
        return mapping(at, Map.of("reason", YamlNames.kebab(reason), "detail", detail));
    }

    private static Tree cable(Tree name) {
        Matcher parts = CABLE.matcher(text(name));
        boolean whole = parts.matches();
        return new Tree.Mapping(name.at(), Map.of("pair", entry(name.at(), whole ? parts.group(1) : text(name), false),
            "number", entry(name.at(), whole ? parts.group(2) : "0", true)));
    }

    private static Tree misses(Tree misses, Tree.Mapping cell) {
        if (!(misses instanceof Tree.Sequence(Location at, var all))) return misses;
        return new Tree.Sequence(at, all.stream().map(miss -> miss(miss, cell)).toList());
    }

    /// `rx of host-b`, `line_rate`: what it is about; only where a placement was found, the reasons stood behind a colon.
    private static Tree miss(Tree miss, Tree.Mapping cell) {
        if (!(miss instanceof Tree.Mapping mapping)) return miss;
        String what = field(mapping, "what");
        String found = field(mapping, "found");
        Matcher subject = SUBJECT.matcher(what);
        boolean placement = subject.matches() && HALVES.contains(subject.group(1));
        Optional<Field> known = subject.matches() ? known(subject.group(1)) : Optional.empty();
        var now = new LinkedHashMap<String, String>();
        now.put("field", YamlNames.kebab(placement ? Field.PLACEMENT : known.orElse(Field.OTHER)));
        if (placement || known.isPresent()) Optional.ofNullable(subject.group(2)).ifPresent(machine -> now.put("machine", machine));
        else now.put("machine", what);
        if (placement) now.put("direction", subject.group(1));
        if (placement) role(cell, now.getOrDefault("machine", "")).ifPresent(role -> now.put("role", role));
        int colon = placement ? found.indexOf(": ") : -1;
        now.put("expected", field(mapping, "expected"));
        now.put("found", colon < 0 ? found : found.substring(0, colon));
        now.put("reasons", colon < 0 ? "" : found.substring(colon + 2));
        return mapping(miss.at(), now);
    }

    private static Optional<Field> known(String name) {
        return List.of(Field.values()).stream().filter(field -> YamlNames.field(field).equals(name)).findFirst();
    }

    /// Of the verdicts of the same cell, that machine's.
    private static Optional<String> role(Tree.Mapping cell, String machine) {
        return cell.get("verdicts").stream().flatMap(all -> all instanceof Tree.Sequence sequence ? sequence.items().stream() : Stream.of())
            .filter(Tree.Mapping.class::isInstance).map(Tree.Mapping.class::cast)
            .filter(verdict -> field(verdict, "machine").equals(machine)).map(verdict -> field(verdict, "role")).findFirst();
    }

    private static String field(Tree.Mapping mapping, String name) {
        return mapping.get(name).map(FormerReport::text).orElse("");
    }

    private static String text(Tree tree) {
        return tree instanceof Tree.Scalar scalar ? scalar.text() : "";
    }

    private static Tree mapping(Location at, Map<String, String> texts) {
        var entries = new LinkedHashMap<String, Tree.Entry>();
        texts.forEach((name, text) -> entries.put(name, entry(at, text, false)));
        return new Tree.Mapping(at, entries);
    }

    private static Tree.Entry entry(Location at, String text, boolean plain) {
        return new Tree.Entry(at, new Tree.Scalar(at, text, plain));
    }
}

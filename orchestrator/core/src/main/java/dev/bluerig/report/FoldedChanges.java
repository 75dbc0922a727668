package dev.bluerig.report;

import dev.bluerig.task.diff.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Changes of one task that are one for several things, as one line: `p0, p1 mtu: 1500 -> 9216`. Every word of every change stays.
public final class FoldedChanges {
    /// What stands in brackets belongs to the word before it: `enp177s0f0np0 (0000:b1:00.0)`.
    private static final Pattern BETWEEN_WORDS = Pattern.compile(" (?!\\()");
    /// Where texts differ, so much must be the same for braces to be read more easily than two lines.
    private static final int MOSTLY = 12;

    private FoldedChanges() {}

    /// In the order of the first of each.
    public static List<String> lines(List<Change> changes) {
        var groups = new ArrayList<Group>();
        for (Change change : changes) {
            List<String> words = List.of(BETWEEN_WORDS.split(change.what()));
            if (groups.stream().noneMatch(group -> group.takes(change, words))) groups.add(new Group(change, words));
        }
        return groups.stream().map(Group::line).toList();
    }

    /// Changes that differ in one word of what they are about, and perhaps in a part of what is wanted.
    private static final class Group {
        private final List<Change> members = new ArrayList<>();
        private final List<String> words;
        private final List<String> varying = new ArrayList<>();
        private int place = -1;

        Group(Change first, List<String> words) {
            members.add(first);
            this.words = words;
        }

        /// False: another line.
        boolean takes(Change change, List<String> other) {
            Change first = members.getFirst();
            if (other.size() != words.size() || !change.found().equals(first.found()) || change.when() != first.when()) return false;
            var apart = IntStream.range(0, words.size()).filter(i -> !words.get(i).equals(other.get(i))).boxed().toList();
            if (apart.size() != 1 || place >= 0 && place != apart.getFirst()) return false;
            if (!change.expected().equals(first.expected()) && braced(List.of(first.expected(), change.expected())).isEmpty()) return false;
            if (place < 0) varying.add(words.get(apart.getFirst()));
            place = apart.getFirst();
            varying.add(other.get(place));
            members.add(change);
            return true;
        }

        String line() {
            Change first = members.getFirst();
            String what = place < 0 ? first.what() : IntStream.range(0, words.size())
                .mapToObj(i -> i == place ? String.join(", ", varying) : words.get(i)).collect(Collectors.joining(" "));
            var wanted = members.stream().map(Change::expected).distinct().toList();
            return what + ": " + first.found() + " -> "
                + (wanted.size() == 1 ? wanted.getFirst() : braced(members.stream().map(Change::expected).toList()).orElseThrow());
        }
    }

    /// `in a-{p0,p1}.yaml`, as a shell writes it, with whole words in the braces; empty when too little is the same.
    private static Optional<String> braced(List<String> texts) {
        String first = texts.getFirst();
        int shortest = texts.stream().mapToInt(String::length).min().orElseThrow();
        int head = 0;
        while (head < shortest && same(texts, head)) head++;
        int tail = 0;
        while (tail < shortest - head && sameFromEnd(texts, tail)) tail++;
        while (head > 0 && Character.isLetterOrDigit(first.charAt(head - 1))) head--;
        while (tail > 0 && Character.isLetterOrDigit(first.charAt(first.length() - tail))) tail--;
        if (head < MOSTLY) return Optional.empty();
        int from = head;
        int rest = tail;
        return Optional.of(first.substring(0, head)
            + texts.stream().map(text -> text.substring(from, text.length() - rest)).collect(Collectors.joining(",", "{", "}"))
            + first.substring(first.length() - tail));
    }

    private static boolean same(List<String> texts, int at) {
        return texts.stream().allMatch(text -> text.charAt(at) == texts.getFirst().charAt(at));
    }

    private static boolean sameFromEnd(List<String> texts, int at) {
        char last = texts.getFirst().charAt(texts.getFirst().length() - 1 - at);
        return texts.stream().allMatch(text -> text.charAt(text.length() - 1 - at) == last);
    }
}

package dev.bluerig.guard;

import dev.bluerig.fact.link.Link;
import dev.bluerig.fact.way.LoginFile;
import dev.bluerig.task.diff.Deed;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Files that a login asks, and files that set up the links of the way in at the next boot.
///
/// `carriers`: the links that carry it.
record FileDangers(List<Link> carriers) {
    private static final Pattern LINK_FILE = Pattern.compile("/etc/(netplan|systemd/network|NetworkManager|network"
        + "|sysconfig/network-scripts|udev/rules\\.d)/.*"
        + "|/etc/sysconfig/network");
    /// Files of these name no link, or act on whichever comes.
    private static final Pattern ANY_LINK =
        Pattern.compile("/etc/(NetworkManager/(?!system-connections/).*|network/if-[a-z-]+\\.d/.*|sysconfig/network"
            + "|systemd/network/.*\\.netdev)");
    /// Words of networkd, netplan and NetworkManager that pick links by something else than a name.
    private static final Pattern OTHERWISE =
        Pattern.compile("(?mi)^\\s*(Path|Driver|Type|Kind|PermanentMACAddress|Property|Architecture|Virtualization|Host)\\s*="
            + "|^\\s*(driver|path|renderer)\\s*:");

    private static final Pattern BETWEEN = Pattern.compile("[^A-Za-z0-9_.:@*?\\[\\]!-]+");

    static boolean isOfLinks(Deed.WriteFile write) {
        return LINK_FILE.matcher(LoginFile.plain(write.path())).matches();
    }

    Stream<Danger> of(Deed.WriteFile write) {
        var kind = LoginFile.at(write.path());
        if (kind.isPresent()) return KeptGrants.in(kind.get(), write) ? Stream.empty()
            : Stream.of(Danger.unsure(Danger.Kind.FILE, write.path(), "it holds " + kind.get().what()
            + ", and it cannot be told that the next login works with the new text"));
        if (!isOfLinks(write) || write.before().filter(write.content()::equals).isPresent()) return Stream.empty();
        return named(write).map(why -> Danger.unsure(Danger.Kind.FILE, write.path(), why)).stream();
    }

    private Optional<String> named(Deed.WriteFile write) {
        if (carriers.isEmpty()) return Optional.empty();
        String both = write.content() + "\n" + write.before().orElse("");
        String path = LoginFile.plain(write.path());
        for (Link link : carriers)
            if (words(both + "\n" + path.substring(path.lastIndexOf('/') + 1).replace("ifcfg-", "")).stream()
                .anyMatch(word -> isOf(word, link))) return Optional.of("it sets up " + link.name() + ", which carries a way in");
        boolean any = ANY_LINK.matcher(path).matches() || OTHERWISE.matcher(both).find()
            || path.startsWith("/etc/NetworkManager/system-connections/") && !both.contains("interface-name=");
        return any ? Optional.of("it may set up a link that carries a way in: "
            + String.join(", ", carriers.stream().map(link -> link.name().text()).toList())) : Optional.empty();
    }

    private static Set<String> words(String text) {
        return new TreeSet<>(List.of(BETWEEN.split(text)));
    }

    private static boolean isOf(String word, Link link) {
        String bare = word.endsWith(":") ? word.substring(0, word.length() - 1) : word;
        if (link.mac().filter(bare::equalsIgnoreCase).isPresent()) return true;
        return Stream.concat(Stream.of(link.name().text()), link.otherNames().stream()).anyMatch(name -> name.equals(bare) || globs(bare,
            name));
    }

    /// As fnmatch(3) does it, as far as it is needed to be careful: a set of characters is any character.
    private static boolean globs(String word, String name) {
        if (word.indexOf('*') < 0 && word.indexOf('?') < 0 && word.indexOf('[') < 0) return false;
        var shape = new StringBuilder();
        String open = word.replaceAll("\\[[^\\]]*]", "?");
        for (char c : open.toCharArray()) shape.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        return name.matches(shape.toString());
    }
}

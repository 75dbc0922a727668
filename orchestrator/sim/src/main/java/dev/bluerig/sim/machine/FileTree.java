package dev.bluerig.sim.machine;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// The file tree of a simulated machine: what was put there, and `/proc`, `/sys` and `/dev` as its state makes them at this moment.
/// Paths are absolute and without `.` and `..` (see [#resolve]).
public final class FileTree {
    private static final int LINKS_FOLLOWED = 40;   // MAXSYMLINKS, include/linux/namei.h
    static final String SWITCH_PID = "/var/run/openvswitch/ovs-vswitchd.pid";   // where Debian has it

    private final NavigableMap<String, FileEntry> kept = Collections.synchronizedNavigableMap(new TreeMap<>());
    private final Supplier<SortedMap<String, FileEntry>> live;
    /// Why nothing can be written; empty: it can.
    private volatile String refusal = "";

    public FileTree(Supplier<SortedMap<String, FileEntry>> live) {
        this.live = live;
        kept.put("/", FileEntry.directory(0755, "root", "root"));
    }

    /// From now on every write answers "No space left on device".
    public void fillUp() {
        refusal = FileError.NO_SPACE;
    }

    /// From now on every change answers "Read-only file system".
    public void freeze() {
        refusal = FileError.READ_ONLY;
    }

    private void writable() throws FileError {
        if (!refusal.isEmpty()) throw new FileError(refusal);
    }

    /// On a full disk something can still be renamed or removed.
    private void changeable() throws FileError {
        if (refusal.equals(FileError.READ_ONLY)) throw new FileError(refusal);
    }

    public boolean isFull() {
        return refusal.equals(FileError.NO_SPACE);
    }

    /// The disk has room again, and is writable.
    public void makeRoom() {
        refusal = "";
    }

    public static String resolve(String directory, String path) {
        Deque<String> names = new ArrayDeque<>();
        for (String name : ((path.startsWith("/") ? "" : directory + "/") + path).split("/")) {
            if (name.isEmpty() || name.equals(".")) continue;
            if (name.equals("..")) names.pollLast();
            else names.addLast(name);
        }
        return "/" + String.join("/", names);
    }

    public static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash <= 0 ? "/" : path.substring(0, slash);
    }

    public static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// The path with all symbolic links followed; a missing last component is kept.
    public String real(String path) throws FileError {
        return follow(path, true, 0);
    }

    private String follow(String path, boolean last, int depth) throws FileError {
        if (depth > LINKS_FOLLOWED) throw new FileError("Too many levels of symbolic links");
        if (path.equals("/")) return path;
        String above = follow(parent(path), true, depth + 1);
        String here = above.equals("/") ? "/" + name(path) : above + "/" + name(path);
        Optional<FileEntry> entry = last ? raw(here) : Optional.empty();
        if (entry.isEmpty() || entry.get().kind() != FileEntry.Kind.LINK) return here;
        return follow(resolve(above, entry.get().target()), true, depth + 1);
    }

    /// What stands at the path; a symbolic link in the last place is followed or not.
    public Optional<FileEntry> find(String path, boolean followLast) {
        try {
            return raw(follow(path, followLast, 0));
        } catch (FileError loop) {
            return Optional.empty();
        }
    }

    public Optional<FileEntry> find(String path) {
        return find(path, true);
    }

    private Optional<FileEntry> raw(String path) {
        FileEntry entry = kept.get(path);
        if (entry != null) return Optional.of(entry);
        if (!isLive(path)) return Optional.empty();
        SortedMap<String, FileEntry> now = live.get();
        FileEntry alive = now.get(path);
        if (alive != null) return Optional.of(alive);
        SortedMap<String, FileEntry> below = now.tailMap(path + "/");
        boolean directory = !below.isEmpty() && below.firstKey().startsWith(path + "/");
        return directory ? Optional.of(FileEntry.directory(0755, "root", "root")) : Optional.empty();
    }

    private static boolean isLive(String path) {
        return path.equals("/proc") || path.equals("/sys") || path.equals("/dev") || path.equals(SWITCH_PID)
            || path.startsWith("/proc/") || path.startsWith("/sys/") || path.startsWith("/dev/");
    }

    /// The names in a directory, in order.
    public List<String> list(String path) throws FileError {
        String real = real(path);
        FileEntry entry = raw(real).orElseThrow(() -> new FileError(FileError.MISSING));
        if (!entry.isDirectory()) throw new FileError(FileError.NOT_DIRECTORY);
        String prefix = real.equals("/") ? "/" : real + "/";
        var names = new TreeSet<String>();
        synchronized (kept) {
            collect(kept, prefix, names);
        }
        if (isLive(real)) collect(live.get(), prefix, names);
        if (real.equals("/")) names.addAll(List.of("dev", "proc", "sys"));
        return List.copyOf(names);
    }

    private static void collect(SortedMap<String, FileEntry> from, String prefix, TreeSet<String> names) {
        for (String path : from.tailMap(prefix).keySet()) {
            if (!path.startsWith(prefix)) break;
            String rest = path.substring(prefix.length());
            if (!rest.isEmpty()) names.add(rest.contains("/") ? rest.substring(0, rest.indexOf('/')) : rest);
        }
    }

    public byte[] read(String path, UserAccount user) throws FileError {
        FileEntry entry = find(path).orElseThrow(() -> new FileError(FileError.MISSING));
        if (entry.isDirectory()) throw new FileError(FileError.IS_DIRECTORY);
        if (!may(entry, user, 4)) throw new FileError(FileError.DENIED);
        return entry.content();
    }

    private static boolean may(FileEntry entry, UserAccount user, int right) {
        if (user.isRoot()) return true;
        int shift = entry.owner().equals(user.name()) ? 6 : entry.group().equals(user.name()) ? 3 : 0;
        return (entry.mode() >> shift & right) != 0;
    }

    /// Writes the content, keeping mode and owner of a file that is there.
    public void write(String path, byte[] content, UserAccount user, int modeWhenNew) throws FileError {
        String real = real(path);
        Optional<FileEntry> old = raw(real);
        if (old.isPresent() && old.get().isDirectory()) throw new FileError(FileError.IS_DIRECTORY);
        FileEntry directory = raw(parent(real)).orElseThrow(() -> new FileError(FileError.MISSING));
        if (!directory.isDirectory()) throw new FileError(FileError.NOT_DIRECTORY);
        if (!may(old.orElse(directory), user, 2)) throw new FileError(FileError.DENIED);
        if (isLive(real) && !kept.containsKey(real)) throw new FileError(old.isPresent() ? "Operation not permitted" : FileError.DENIED);
        changeable();
        if (content.length > 0) writable();
        kept.put(real, old.map(entry -> entry.with(content))
            .orElseGet(() -> FileEntry.regular(content, modeWhenNew, user.name(), user.name())));
    }

    public void directory(String path, UserAccount user, int mode) throws FileError {
        String real = real(path);
        if (raw(real).isPresent()) throw new FileError(FileError.EXISTS);
        FileEntry above = raw(parent(real)).orElseThrow(() -> new FileError(FileError.MISSING));
        if (!above.isDirectory()) throw new FileError(FileError.NOT_DIRECTORY);
        if (!may(above, user, 2)) throw new FileError(FileError.DENIED);
        writable();
        kept.put(real, FileEntry.directory(mode, user.name(), user.name()));
    }

    /// Removes a file, a link, or an empty directory.
    public void remove(String path, UserAccount user) throws FileError {
        String here = follow(path, false, 0);
        FileEntry entry = raw(here).orElseThrow(() -> new FileError(FileError.MISSING));
        requireChangeable(here, user);
        if (entry.isDirectory() && !list(here).isEmpty()) throw new FileError(FileError.NOT_EMPTY);
        kept.remove(here);
    }

    /// rename(2): replaces a file at the target.
    public void rename(String from, String to, UserAccount user) throws FileError {
        String source = follow(from, false, 0);
        String target = follow(to, false, 0);
        FileEntry entry = raw(source).orElseThrow(() -> new FileError(FileError.MISSING));
        requireChangeable(source, user);
        FileEntry above = raw(parent(target)).orElseThrow(() -> new FileError(FileError.MISSING));
        if (!may(above, user, 2)) throw new FileError(FileError.DENIED);
        Optional<FileEntry> old = raw(target);
        if (old.isPresent() && old.get().isDirectory() && (!entry.isDirectory() || !list(target).isEmpty()))
            throw new FileError(FileError.IS_DIRECTORY);
        synchronized (kept) {
            for (Map.Entry<String, FileEntry> below : new TreeMap<>(kept.tailMap(source + "/")).entrySet()) {
                if (!below.getKey().startsWith(source + "/")) break;
                kept.remove(below.getKey());
                kept.put(target + below.getKey().substring(source.length()), below.getValue());
            }
            kept.remove(source);
            kept.put(target, entry);
        }
    }

    private void requireChangeable(String path, UserAccount user) throws FileError {
        changeable();
        if (!kept.containsKey(path)) throw new FileError("Operation not permitted");
        if (!may(raw(parent(path)).orElseThrow(() -> new FileError(FileError.MISSING)), user, 2)) throw new FileError(FileError.DENIED);
    }

    /// Changes mode or owner of what stands there.
    public void change(String path, UserAccount user, UnaryOperator<FileEntry> how) throws FileError {
        String real = real(path);
        FileEntry entry = raw(real).orElseThrow(() -> new FileError(FileError.MISSING));
        if (!user.isRoot() && !entry.owner().equals(user.name()) || !kept.containsKey(real)) throw new FileError("Operation not permitted");
        changeable();
        kept.put(real, how.apply(entry));
    }

    /// Removes all that lies in a directory.
    void empty(String directory) {
        synchronized (kept) {
            kept.keySet().removeIf(path -> path.startsWith(directory + "/"));
        }
    }

    /// What an image brings along: the file and the directories above it.
    public void install(String path, FileEntry entry) {
        for (String above = parent(path); !above.equals("/"); above = parent(above))
            kept.putIfAbsent(above, FileEntry.directory(0755, "root", "root"));
        kept.put(path, entry);
    }

    public void install(String path, String content) {
        install(path, FileEntry.regular(content.getBytes(StandardCharsets.UTF_8), 0644, "root", "root"));
    }

    /// The text of a file, empty when there is none: for the machine's own services, which read their configuration.
    public String text(String path) {
        return find(path).map(entry -> new String(entry.content(), StandardCharsets.UTF_8)).orElse("");
    }
}

package dev.bluerig.task;

import dev.bluerig.fact.system.FilePlace;
import dev.bluerig.remote.RemoteFile;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Diff;
import dev.bluerig.task.diff.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What would make writing a file fail for certain, told before anything is promised.
record FileObstacles(String path, FilePlace place) {
    List<Diff.Obstacle> all() {
        var all = new ArrayList<Diff.Obstacle>();
        var where = where();
        if (!where.isEmpty()) all.add(new Diff.Obstacle(Finding.FILE_PLACE, where, ""));
        var inTheWay = place.temporaries().entrySet().stream()
            .filter(each -> each.getValue().equals("directory") && !each.getKey().equals(RemoteFile.older(path)))
            .map(each -> new Change(each.getKey(), "absent, or a file that may be replaced", each.getValue())).toList();
        if (!inTheWay.isEmpty())
            all.add(new Diff.Obstacle(Finding.FILE_TEMPORARY, inTheWay, "ls -la " + inTheWay.getFirst().what()
                + "; remove it (rmdir) or give it another name"));
        var strangers = place.strangers().stream().sorted(Comparator.comparing(FilePlace.Account::toString))
            .map(account -> new Change(path + " owner", account.toString(), "no such " + account.database().holds() + " on the machine"))
            .toList();
        if (!strangers.isEmpty()) all.add(new Diff.Obstacle(Finding.FILE_OWNER, strangers, ""));
        return all;
    }

    private List<Change> where() {
        var where = new ArrayList<Change>();
        String directory = place.directory();
        if (!place.kind().equals("directory")) return List.of(new Change(directory, "directory", place.kind()));
        if (!place.keepsFiles()) return List.of(new Change(directory, "on a file system that keeps files", place.system()));
        if (!place.writable()) where.add(new Change(directory, "writable", "not writable: mounted read-only, or not for this login"));
        place.fixed().stream().sorted()
            .forEach(fixed -> where.add(new Change(fixed + " attributes", "may be replaced", "immutable or append-only")));
        if (place.mounted()) where.add(new Change(path, "file of its directory", "mount point of its own"));
        return where;
    }
}

package dev.bluerig.trial.spec;

import java.util.ArrayList;
import java.util.List;

/// `2-5,8` as numbers.
public final class CoreList {
    private CoreList() {}

    public static List<Integer> of(String text) {
        var cores = new ArrayList<Integer>();
        for (String part : text.split(",")) {
            String[] ends = part.split("-");
            for (int core = Integer.parseInt(ends[0]); core <= Integer.parseInt(ends[ends.length - 1]); core++) cores.add(core);
        }
        return List.copyOf(cores);
    }
}

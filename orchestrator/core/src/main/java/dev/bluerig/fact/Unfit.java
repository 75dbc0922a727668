package dev.bluerig.fact;

import dev.bluerig.remote.Reply;

/// A program that is not there, or is another one of the same name. `said`: its first words about itself, empty when it is missing.
public record Unfit(String program, String said) {
    private static final int MOST = 80;

    static Unfit of(String program, Reply reply) {
        if (!(reply instanceof Reply.Ran ran)) return new Unfit(program, "it did not say what it is");
        if (ran.status() == 127) return new Unfit(program, "");
        String said = (ran.out() + "\n" + ran.err()).lines().map(String::strip).filter(line -> line.contains("BusyBox") || line.contains("inetutils") || line.contains("Habets"))
            .findFirst().orElseGet(() -> (ran.out() + "\n" + ran.err()).strip().lines().findFirst().orElse("it did not say what it is"));
        return new Unfit(program, said.length() > MOST ? said.substring(0, MOST) + "..." : said);
    }

    public boolean missing() {
        return said.isEmpty();
    }
}

package dev.bluerig.fact.system;

import dev.bluerig.remote.Reply;

/// A program that is not there, or is another one of the same name. `said`: its first words about itself, empty when it is missing.
public record UnfitProgram(String program, String said) {
    private static final int MOST = 80;

    public static UnfitProgram of(String program, Reply reply) {
        if (!(reply instanceof Reply.Ran ran)) return new UnfitProgram(program, "it did not say what it is");
        if (ran.status() == 127) return new UnfitProgram(program, "");
        String said = (ran.out() + "\n" + ran.err()).lines().map(String::strip)
            .filter(line -> line.contains("BusyBox") || line.contains("inetutils") || line.contains("Habets"))
            .findFirst().orElseGet(() -> (ran.out() + "\n" + ran.err()).strip().lines().findFirst().orElse("it did not say what it is"));
        return new UnfitProgram(program, said.length() > MOST ? said.substring(0, MOST) + "..." : said);
    }

    public boolean missing() {
        return said.isEmpty();
    }
}

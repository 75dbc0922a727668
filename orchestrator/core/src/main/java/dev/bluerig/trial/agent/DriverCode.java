package dev.bluerig.trial.agent;

import dev.bluerig.diagnostic.Code;
import dev.bluerig.diagnostic.CodeFamily;

/// Why a run of the pair ended early as its driver saw it, when no agent said so itself.
public enum DriverCode implements Code {
    PAYLOAD_STALLED("Both agents run and are connected, but no payload moves any more: large packets may be lost on the way while small"
        + " ones pass.", "ping -M do -s 8972 between the hosts; compare MTU on hosts, pfNhpf and pN; bluerig explain reach"),
    PROGRAM_DIED("The agent ended without saying why: killed, out of memory, or its Java did not start.",
        "read what it said on stderr; dmesg on the machine (oom-killer, segfault)"),
    PROGRAM_GARBLED("The agent printed what is not a line of the protocol.",
        "something else may print on its stdout (JAVA_TOOL_OPTIONS, a wrapper); bluerig accept --purge, then run again"),
    PROGRAM_OVERDUE("The agents go on, and say so, long after the time that the load can take.",
        "bluerig accept --purge, then run again; ps -ef on the hosts: is it the agent that was brought?"),
    PROGRAM_OUT_OF_ORDER("The agent said something that the protocol does not allow at that moment: another version of bluerig, or a"
        + " defect.", "bluerig accept --purge, then run again; if it stays, report it"),
    PROGRAM_SILENT("The agent runs and says nothing.", "is the machine overloaded or the agent stopped? ps -ef; uptime; jstack PID");

    private final String meaning;
    private final String next;

    DriverCode(String meaning, String next) {
        this.meaning = meaning;
        this.next = next;
    }

    @Override
    public CodeFamily family() {
        return CodeFamily.DRIVER;
    }

    @Override
    public String meaning() {
        return meaning;
    }

    @Override
    public String next() {
        return next;
    }
}

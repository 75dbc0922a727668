package dev.bluerig.trial.agent;

import dev.bluerig.diagnostic.Code;
import dev.bluerig.diagnostic.CodeFamily;
import dev.bluerig.diagnostic.CodesOf;
import dev.bluerig.diagnostic.Explained;

/// Why a run of the pair ended early as its driver saw it, when no agent said so itself.
@CodesOf(CodeFamily.DRIVER)
public enum DriverCode implements Code {
    @Explained(meaning = "Both agents run and are connected, but no payload moves any more: large packets may be lost on the way while"
        + " small ones pass.",
        next = "ping -M do -s 8972 between the hosts; compare MTU on hosts, pfNhpf and pN; bluerig explain reach")
    PAYLOAD_STALLED,
    @Explained(meaning = "The agent ended without saying why: killed, out of memory, or its Java did not start.",
        next = "read what it said on stderr; dmesg on the machine (oom-killer, segfault)")
    PROGRAM_DIED,
    @Explained(meaning = "The agent printed what is not a line of the protocol.",
        next = "something else may print on its stdout (JAVA_TOOL_OPTIONS, a wrapper); bluerig accept --purge, then run again")
    PROGRAM_GARBLED,
    @Explained(meaning = "The agents go on, and say so, long after the time that the load can take.",
        next = "bluerig accept --purge, then run again; ps -ef on the hosts: is it the agent that was brought?")
    PROGRAM_OVERDUE,
    @Explained(meaning = "The agent said something that the protocol does not allow at that moment: another version of bluerig, or a"
        + " defect.",
        next = "bluerig accept --purge, then run again; if it stays, report it")
    PROGRAM_OUT_OF_ORDER,
    @Explained(meaning = "The agent runs and says nothing.",
        next = "is the machine overloaded or the agent stopped? ps -ef; uptime; jstack PID")
    PROGRAM_SILENT
}

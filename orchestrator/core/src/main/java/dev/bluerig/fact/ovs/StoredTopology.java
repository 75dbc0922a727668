package dev.bluerig.fact.ovs;

import dev.bluerig.fact.Reading;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;

/// What the database of Open vSwitch holds, whether its daemon lives or not: a data path goes on without it. Empty where there is none.
public final class StoredTopology {
    public static final Command COMMAND = OvsQuestion.TABLES;

    private StoredTopology() {}

    public static Reading<OvsTopology> of(Reply reply) {
        if (reply instanceof Reply.Ran ran && ran.status() == 127) return Reading.known(OvsTopology.EMPTY);
        return Reading.parsed(Command.of("ovs-vsctl").within(COMMAND.deadline()), reply, OvsQuestion::parse);
    }
}

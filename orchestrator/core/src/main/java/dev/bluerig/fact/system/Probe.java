package dev.bluerig.fact.system;

import dev.bluerig.fact.Effect;
import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.ToolReplies;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.EnumSet;
import java.util.Set;

/// How a command of the user's ended that only looks and changes nothing.
public record Probe(int status, String out) {
    public boolean holds() {
        return status == 0;
    }

    /// A program that is not there says nothing: a misspelt probe must not make its command run every time.
    public record Seen(Command command) implements Fact.Question<Probe> {
        /// Nobody but its author knows what it asks.
        @Override
        public Set<Effect> knownAfter() {
            return EnumSet.allOf(Effect.class);
        }

        @Override
        public Inquiry<Probe> read() {
            return Inquiry.ask(command, reply -> reply instanceof Reply.Ran ran && ran.status() != 127
                ? Reading.known(new Probe(ran.status(), ran.out())) : ToolReplies.unknown(command, reply));
        }
    }
}

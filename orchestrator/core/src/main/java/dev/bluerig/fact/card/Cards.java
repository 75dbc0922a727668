package dev.bluerig.fact.card;

import dev.bluerig.fact.Fact;
import dev.bluerig.fact.Inquiry;
import dev.bluerig.fact.Reading;
import dev.bluerig.fact.ToolReplies;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The cards of a machine: firmware, crypto, mode, link type, and what waits for a reset.
public record Cards(List<CardState> cards) {
    public Cards {
        cards = List.copyOf(cards);
    }

    /// `at`: a function of each card to ask; empty = whatever NVIDIA network cards `lspci` shows (a DPU knows its own that way).
    /// One wide wave, after `lspci` when it must say where to ask, before `flint dc` when nothing else told of crypto.
    public record Seen(Machine.Kind side, List<PciAddress> at) implements Fact.Question<Cards> {
        public Seen {
            at = lowest(at);
        }

        @Override
        public Inquiry<Cards> read() {
            return at.isEmpty() ? Inquiry.ask(PciFunction.COMMAND, this::found) : ask(at);
        }

        private Inquiry<Cards> found(Reply lspci) {
            if (!(lspci instanceof Reply.Ran ran) || !ran.ok()) return ToolReplies.unknown(PciFunction.COMMAND, lspci);
            var cards = lowest(PciFunction.parse(ran.out()).stream().filter(PciFunction::port).map(PciFunction::pci).toList());
            return cards.isEmpty() ? Reading.known(new Cards(List.of())) : ask(cards);
        }

        private Inquiry<Cards> ask(List<PciAddress> cards) {
            var commands = CardQuestions.all(side, cards);
            return Inquiry.ask(commands, replies -> judge(cards, zip(commands, replies)));
        }

        private Inquiry<Cards> judge(List<PciAddress> cards, Map<Command, Reply> replies) {
            var seen = read(cards, replies);
            var undecided = cards.stream().filter(pci -> seen.stream().anyMatch(card -> card.pci().equals(pci) && card.present()
                && card.crypto().state() == Crypto.State.UNKNOWN)).toList();
            if (undecided.isEmpty()) return Reading.known(new Cards(seen));
            var commands = CardQuestions.last(undecided);
            return Inquiry.ask(commands, last -> {
                var all = new HashMap<>(replies);
                all.putAll(zip(commands, last));
                return Reading.known(new Cards(read(cards, all)));
            });
        }

        private List<CardState> read(List<PciAddress> cards, Map<Command, Reply> replies) {
            return cards.stream().map(pci -> CardState.of(new CardQuestions(side, pci).answered(replies))).toList();
        }

        private static Map<Command, Reply> zip(List<Command> commands, List<Reply> replies) {
            var answers = new HashMap<Command, Reply>();
            for (int i = 0; i < commands.size(); i++) answers.put(commands.get(i), replies.get(i));
            return answers;
        }

        /// One function for each card, because its ports share firmware and settings.
        private static List<PciAddress> lowest(Collection<PciAddress> functions) {
            var bySlot = new TreeMap<String, PciAddress>();
            functions.forEach(pci -> bySlot.merge(pci.slot(), pci, (one, other) -> one.compareTo(other) <= 0 ? one : other));
            return new ArrayList<>(bySlot.values());
        }

        @Override
        public boolean lasting() {
            return true;
        }
    }
}

package dev.bluerig.fact.card;

import dev.bluerig.fact.ToolReplies;
import dev.bluerig.inventory.Machine;
import dev.bluerig.inventory.PciAddress;
import dev.bluerig.remote.Command;
import dev.bluerig.remote.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// The read-only sources of one card, of both tool families (MFT, mstflint), always by PCI address: /dev/mst needs `mst start`,
/// and a question changes nothing. A tool that is missing says nothing.
record CardQuestions(Machine.Kind side, PciAddress pci) {
    /// Firmware tools wait for each other and for the card; NVIDIA's own boot script gives them up to a minute.
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Command RSHIM = Command.of("find", "/dev", "-maxdepth", "2", "-path", "/dev/rshim*/misc", "-exec", "cat", "{}",
        "+");
    private static final Command LSCPU = Command.of("lscpu");

    static List<Command> all(Machine.Kind side, List<PciAddress> cards) {
        var commands = new LinkedHashSet<Command>();
        commands.add(PciFunction.COMMAND);
        commands.add(side == Machine.Kind.HOST ? RSHIM : LSCPU);
        for (PciAddress pci : cards) {
            var card = new CardQuestions(side, pci);
            commands.addAll(List.of(card.lspci(), card.devlink()));
            for (var pair : List.of(card.manager(), card.flint(), card.config(), card.privilege())) commands.addAll(pair);
        }
        return List.copyOf(commands);
    }

    /// Fails on production cards, whose firmware is secure.
    static List<Command> last(List<PciAddress> cards) {
        return cards.stream().flatMap(pci -> dump(pci).stream()).toList();
    }

    private static List<Command> dump(PciAddress pci) {
        return List.of(tool("flint", "-d", pci.text(), "dc"), tool("mstflint", "-d", pci.text(), "dc"));
    }

    private static Command tool(String... words) {
        return Command.of(words).within(PATIENCE);
    }

    private Command lspci() {
        return Command.of("lspci", "-D", "-vv", "-s", pci.text());
    }

    private Command devlink() {
        return Command.of("devlink", "-j", "dev", "info", "pci/" + pci);
    }

    private List<Command> manager() {
        return List.of(tool("mlxfwmanager", "--query", "-d", pci.text()), tool("mstfwmanager", "--query", "-d", pci.text()));
    }

    private List<Command> flint() {
        return List.of(tool("flint", "-d", pci.text(), "q", "full"), tool("mstflint", "-d", pci.text(), "q", "full"));
    }

    private List<Command> config() {
        return List.of(tool("mlxconfig", "-d", pci.text(), "-e", "q"), tool("mstconfig", "-d", pci.text(), "-e", "q"));
    }

    private List<Command> privilege() {
        return List.of(tool("mlxprivhost", "-d", pci.text(), "q"), tool("mstprivhost", "-d", pci.text(), "q"));
    }

    Answered answered(Map<Command, Reply> replies) {
        return new Answered(replies);
    }

    /// What the sources told.
    final class Answered {
        private final Map<Command, Reply> replies;
        private final List<PciFunction> functions;

        private Answered(Map<Command, Reply> replies) {
            this.replies = replies;
            this.functions = PciFunction.parse(text(PciFunction.COMMAND).orElse(""));
        }

        PciAddress pci() {
            return pci;
        }

        /// What a command that ended well printed.
        private Optional<String> text(Command command) {
            return Optional.ofNullable(replies.get(command)).flatMap(ToolReplies::out);
        }

        /// The first of a pair that tells.
        private <T> Optional<T> first(List<Command> pair, Function<String, Optional<T>> parser) {
            return pair.stream().flatMap(command -> text(command).stream()).flatMap(text -> parser.apply(text).stream()).findFirst();
        }

        private CardFirmware firmware(List<Command> pair, Function<String, CardFirmware> parser) {
            return first(pair, text -> Optional.of(parser.apply(text)).filter(seen -> !seen.equals(CardFirmware.NOTHING)))
                .orElse(CardFirmware.NOTHING);
        }

        CardFirmware firmware() {
            return CardFirmware.of(firmware(flint(), FirmwareTools::flint), firmware(manager(), FirmwareTools::manager),
                firmware(List.of(devlink()), FirmwareTools::devlink), vpd());
        }

        private CardFirmware vpd() {
            return firmware(List.of(lspci()), FirmwareTools::vpd);
        }

        CardSettings settings() {
            return first(config(), text -> Optional.of(CardSettings.parse(text)).filter(seen -> !seen.values().isEmpty()))
                .orElse(CardSettings.NOTHING);
        }

        /// Restricted only as the host sees it: the Arm side keeps its rights.
        Optional<CardMode> mode() {
            return restricted() ? Optional.of(CardMode.RESTRICTED) : byTools();
        }

        private Optional<CardMode> byTools() {
            return settings().mode().or(() -> RshimMisc.parse(text(RSHIM).orElse("")).mode(pci.slot()));
        }

        private boolean restricted() {
            return side == Machine.Kind.HOST && first(privilege(), FirmwareTools::restricted).orElse(false)
                && byTools().filter(seen -> seen != CardMode.DPU).isEmpty();
        }

        /// Who told: `mode`, and `running` of the firmware.
        Map<String, String> sources() {
            var sources = new TreeMap<String, String>();
            if (restricted()) teller(privilege(), FirmwareTools::restricted).ifPresent(command -> sources.put("mode", command));
            else if (mode().isPresent())
                sources.put("mode", teller(config(), text -> CardSettings.parse(text).mode()).orElse("/dev/rshim*/misc"));
            teller(flint(), text -> FirmwareTools.flint(text).running())
                .or(() -> teller(manager(), text -> FirmwareTools.manager(text).running()))
                .or(() -> teller(List.of(devlink()), text -> FirmwareTools.devlink(text).running()))
                .ifPresent(command -> sources.put("running", command));
            return sources;
        }

        private Optional<String> teller(List<Command> pair, Function<String, ? extends Optional<?>> parser) {
            return pair.stream().filter(command -> text(command).flatMap(parser::apply).isPresent()).map(Command::line).findFirst();
        }

        /// The PCI class is what the port speaks now; the setting counts where lspci is silent.
        Map<String, LinkType> links() {
            var links = new TreeMap<String, LinkType>();
            functions.stream().filter(PciFunction::port).filter(function -> function.pci().slot().equals(pci.slot()))
                .forEach(function -> function.linkType().ifPresent(type -> links.put(function.pci().text(), type)));
            if (links.isEmpty()) settings().linkType(pci.function() + 1).ifPresent(type -> links.put(pci.text(), type));
            return links;
        }

        /// The surest first, behind the flags of the host.
        List<Crypto.Evidence> crypto() {
            var evidence = new ArrayList<Crypto.Evidence>();
            if (side == Machine.Kind.DPU) {
                functions.stream().filter(function -> function.bridge().isPresent()).findFirst()
                    .ifPresent(bridge -> evidence.add(new Crypto.Evidence("lspci", bridge.bridge().orElseThrow(), bridge.text(), true)));
                text(LSCPU).ifPresent(text -> evidence.add(CpuFlags.hint(text)));
            }
            wording(evidence, manager(), text -> FirmwareTools.manager(text).description());
            wording(evidence, flint(), text -> FirmwareTools.flint(text).description());
            wording(evidence, config(), text -> CardSettings.parse(text).description());
            wording(evidence, List.of(lspci()), text -> FirmwareTools.vpd(text).description());
            evidence.addAll(CryptoParts.of(firmware()));
            wording(evidence, dump(pci), FirmwareTools::configured);
            return evidence;
        }

        private void wording(List<Crypto.Evidence> evidence, List<Command> pair, Function<String, Optional<String>> description) {
            for (Command command : pair) {
                var text = text(command).or(() -> config().contains(command) ? printed(command) : Optional.empty()).flatMap(description);
                text.ifPresent(found -> evidence.add(new Crypto.Evidence(command.line(), CryptoWording.state(found), found, true)));
                if (text.isPresent()) return;
            }
        }

        /// mlxconfig prints its header before it fails.
        private Optional<String> printed(Command command) {
            return Optional.ofNullable(replies.get(command)).map(ToolReplies::printed).filter(text -> !text.isBlank());
        }

        /// Pairs of which neither told anything, with the reason of the first that is there at all.
        List<String> silent() {
            var silent = new ArrayList<String>();
            for (var pair : List.of(List.of(PciFunction.COMMAND), List.of(lspci()), List.of(devlink()), manager(), flint(), config(),
                privilege(), dump(pci))) {
                var asked = pair.stream().filter(replies::containsKey).toList();
                if (asked.isEmpty() || asked.stream().anyMatch(command -> text(command).isPresent())) continue;
                Command there = asked.stream().filter(command -> !missing(replies.get(command))).findFirst().orElse(asked.getFirst());
                silent.add(ToolReplies.why(there, replies.get(there)));
            }
            return silent;
        }

        private static boolean missing(Reply reply) {
            return reply instanceof Reply.Ran ran && ran.status() == 127;
        }
    }
}

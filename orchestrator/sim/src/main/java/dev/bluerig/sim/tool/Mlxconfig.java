package dev.bluerig.sim.tool;

import dev.bluerig.sim.machine.SimCard;
import java.util.List;
import java.util.Map;

/// `mlxconfig -d DEVICE [-e] q`, `mlxconfig -d DEVICE -y set NAME=VALUE...`: what is set is for the next boot, and the lab never reboots.
final class Mlxconfig {
    private Mlxconfig() {}

    static int run(ProgramCall call) {
        GetOpt options = GetOpt.of(call.arguments(), "d:eyb", List.of("enable_verbosity", "yes"), true);
        if (options.strange().isPresent()) return call.unknown("option " + options.strange().get());
        String device = options.value("d").orElse(call.machine().slot() + ".0");
        if (!CardTools.isCard(call.machine(), device) || !call.user().isRoot()) return call.fail(1, "-E- Failed to open the device");
        List<String> words = options.rest();
        if (words.isEmpty()) return call.unknown("no command");
        return switch (words.getFirst()) {
            case "q", "query" -> query(call, options.has("e"), device, words.subList(1, words.size()));
            case "set", "s" -> set(call, words.subList(1, words.size()));
            default -> call.unknown(words.getFirst());
        };
    }

    private static int query(ProgramCall call, boolean all, String device, List<String> names) {
        SimCard card = call.machine().card();
        call.print("\nDevice #1:\n----------\n\nDevice type:        BlueField2\nName:               " + card.partNumber()
            + "\nDescription:        " + card.description() + "\nDevice:             " + device + "\n\n");
        call.line(all ? "%-45s%-21s%-21s%s".formatted("Configurations:", "Default", "Current", "Next Boot")
            : "%-45s%s".formatted("Configurations:", "Next Boot"));
        boolean differs = false;
        for (Map.Entry<String, SimCard.Parameter> entry : card.parameters().entrySet()) {
            if (!names.isEmpty() && !names.contains(entry.getKey())) continue;
            SimCard.Parameter parameter = entry.getValue();
            boolean marked = !parameter.next().equals(parameter.current());
            differs |= marked;
            call.line(all ? "%s       %-37s%-21s%-21s%s".formatted(marked ? "*" : " ", entry.getKey(), parameter.standard(),
                parameter.current(), parameter.next())
                : "        %-37s%s".formatted(entry.getKey(), parameter.next()));
        }
        for (String name : names) {
            if (!card.parameters().containsKey(name)) return call.fail(1, "-E- The Device doesn't support " + name + " parameter");
        }
        if (all && differs) call.line("The '*' shows parameters with next value different from default/current value.");
        return 0;
    }

    private static int set(ProgramCall call, List<String> settings) {
        for (String setting : settings) {
            String[] parts = setting.split("=", 2);
            if (parts.length < 2 || !call.machine().card().plan(parts[0], named(parts[0], parts[1])))
                return call.fail(1, "-E- The Device doesn't support " + parts[0] + " parameter");
        }
        call.print("Applying... Done!\n-I- Please reboot machine to load new configurations.\n");
        return 0;
    }

    private static String named(String name, String value) {
        return switch (name + "=" + value) {
            case "INTERNAL_CPU_OFFLOAD_ENGINE=0" -> "ENABLED(0)";
            case "INTERNAL_CPU_OFFLOAD_ENGINE=1" -> "DISABLED(1)";
            case "INTERNAL_CPU_MODEL=0" -> "SEPARATED_HOST(0)";
            case "INTERNAL_CPU_MODEL=1" -> "EMBEDDED_CPU(1)";
            case "LINK_TYPE_P1=1", "LINK_TYPE_P2=1" -> "IB(1)";
            case "LINK_TYPE_P1=2", "LINK_TYPE_P2=2" -> "ETH(2)";
            default -> value;
        };
    }
}

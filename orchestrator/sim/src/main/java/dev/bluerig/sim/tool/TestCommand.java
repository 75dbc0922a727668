package dev.bluerig.sim.tool;

import dev.bluerig.sim.machine.FileEntry;
import java.util.List;
import java.util.Optional;

/// `test` and `[` with the one, two and three operands of POSIX.
final class TestCommand {
    private TestCommand() {}

    static int run(ProgramCall call) {
        List<String> words = call.arguments();
        if (call.name().equals("[")) {
            if (words.isEmpty() || !words.getLast().equals("]")) return call.fail(2, "sh: [: missing ]");
            words = words.subList(0, words.size() - 1);
        }
        boolean negated = words.size() > 1 && words.getFirst().equals("!");
        if (negated) words = words.subList(1, words.size());
        try {
            Optional<Boolean> truth = truth(call, words);
            if (truth.isEmpty()) return call.unknown(String.join(" ", words));
            return truth.get() != negated ? 0 : 1;
        } catch (NumberFormatException notANumber) {
            return call.fail(2, "sh: [: Illegal number: " + String.join(" ", words));
        }
    }

    private static Optional<Boolean> truth(ProgramCall call, List<String> words) {
        if (words.isEmpty()) return Optional.of(false);
        if (words.size() == 1) return Optional.of(!words.getFirst().isEmpty());
        if (words.size() == 2) return unary(call, words.get(0), words.get(1));
        if (words.size() > 3) return Optional.empty();
        String left = words.get(0);
        String right = words.get(2);
        return switch (words.get(1)) {
            case "=", "==" -> Optional.of(left.equals(right));
            case "!=" -> Optional.of(!left.equals(right));
            case "-eq" -> Optional.of(Long.parseLong(left) == Long.parseLong(right));
            case "-ne" -> Optional.of(Long.parseLong(left) != Long.parseLong(right));
            case "-lt" -> Optional.of(Long.parseLong(left) < Long.parseLong(right));
            case "-le" -> Optional.of(Long.parseLong(left) <= Long.parseLong(right));
            case "-gt" -> Optional.of(Long.parseLong(left) > Long.parseLong(right));
            case "-ge" -> Optional.of(Long.parseLong(left) >= Long.parseLong(right));
            default -> Optional.empty();
        };
    }

    private static Optional<Boolean> unary(ProgramCall call, String operator, String operand) {
        Optional<FileEntry> entry = call.machine().files().find(call.path(operand));
        return switch (operator) {
            case "-n" -> Optional.of(!operand.isEmpty());
            case "-z" -> Optional.of(operand.isEmpty());
            case "-e", "-r" -> Optional.of(entry.isPresent());
            case "-f" -> Optional.of(entry.filter(found -> found.kind() == FileEntry.Kind.REGULAR).isPresent());
            case "-d" -> Optional.of(entry.filter(FileEntry::isDirectory).isPresent());
            case "-s" -> Optional.of(entry.filter(found -> found.content().length > 0).isPresent());
            case "-x" -> Optional.of(entry.filter(found -> (found.mode() & 0111) != 0).isPresent());
            case "-w" -> Optional.of(entry.isPresent() && call.user().isRoot());
            case "-c" -> Optional.of(entry.filter(found -> found.kind() == FileEntry.Kind.DEVICE).isPresent());
            case "-L",
                "-h" -> Optional.of(call.machine().files().find(call.path(operand), false)
                .filter(found -> found.kind() == FileEntry.Kind.LINK).isPresent());
            default -> Optional.empty();
        };
    }
}

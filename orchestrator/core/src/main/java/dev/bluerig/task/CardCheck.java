package dev.bluerig.task;

import dev.bluerig.fact.card.CardMode;
import dev.bluerig.fact.card.CardState;
import dev.bluerig.fact.card.Crypto;
import dev.bluerig.fact.card.LinkType;
import dev.bluerig.inventory.Version;
import dev.bluerig.source.VisibleText;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Finding;
import dev.bluerig.task.diff.RequirementBuilder;
import java.util.Optional;

/// One card held against one requirement.
record CardCheck(FirmwareSpec wanted, CardState card, RequirementBuilder judgement) {
    void all() {
        if (!card.present()) {
            absent();
            return;
        }
        wanted.crypto().ifPresent(this::crypto);
        wanted.mode().ifPresent(this::mode);
        wanted.linkType().ifPresent(this::linkType);
        wanted.minimum().ifPresent(this::minimum);
        wanted.pendingReset().ifPresent(none -> pendingReset());
    }

    private void absent() {
        boolean listed = card.silent().stream().noneMatch(silent -> silent.startsWith("lspci"));
        if (listed) judgement.wrong(Finding.CARD_MISSING, new Change(what("card"), "there", "no such card (lspci -Dnn -d 15b3:)"), "");
        else judgement.unknown(what("card"), "there", silent());
    }

    private void crypto(FirmwareSpec.Fused fused) {
        Crypto crypto = card.crypto();
        if (crypto.state() == Crypto.State.UNKNOWN)
            judgement.unknown(what("crypto"), VisibleText.words(fused), crypto.why() + "; " + silent());
        else if (crypto.state() != fused.state())
            judgement.wrong(Finding.CRYPTO_FUSED,
                new Change(what("crypto"), VisibleText.words(fused), VisibleText.words(crypto.state()) + " (" + crypto.why() + ")"), "");
    }

    private void mode(CardMode mode) {
        if (card.mode().isEmpty() && card.stuck()) {
            judgement.wrong(Finding.FIRMWARE_NOT_ANSWERING, new Change(what("mode"), VisibleText.words(mode), silent()), "");
            return;
        }
        if (card.mode().isEmpty()) {
            judgement.unknown(what("mode"), VisibleText.words(mode), silent());
            return;
        }
        CardMode found = card.mode().get();
        if (found != mode)
            judgement.wrong(Finding.CARD_MODE,
                new Change(what("mode"), VisibleText.words(mode), VisibleText.words(found) + source("mode")), towards(mode, found));
    }

    /// Domain facts 1.4; the numbers are those of the settings' values.
    private String towards(CardMode mode, CardMode found) {
        if (found == CardMode.ADAPTER || mode == CardMode.ADAPTER) return "use another card: this one's kind cannot be changed";
        if (found == CardMode.RESTRICTED && mode == CardMode.DPU) return "on the DPU: mlxprivhost -d " + ownAddress() + " p";
        if (card.waiting().stream().anyMatch(waits -> waits.startsWith("INTERNAL_CPU_")))
            return "settings of the mode wait already: power-cycle the host, then run bluerig check again";
        return switch (mode) {
            case DPU -> set("INTERNAL_CPU_MODEL=1 INTERNAL_CPU_OFFLOAD_ENGINE=0");
            case NIC -> set("INTERNAL_CPU_MODEL=1 INTERNAL_CPU_OFFLOAD_ENGINE=1");
            case SEPARATED -> set("INTERNAL_CPU_MODEL=0");
            case RESTRICTED -> "in DPU mode, on the DPU: mlxprivhost -d " + ownAddress() + " r";
            case ADAPTER -> "use another card";
        };
    }

    private static String ownAddress() {
        return "ADDRESS (of lspci there)";
    }

    private String set(String values) {
        return "mlxconfig -d " + card.pci() + " set " + values + ", then power-cycle the host";
    }

    private void linkType(LinkType type) {
        if (card.links().isEmpty()) judgement.unknown(what("link type"), VisibleText.words(type), silent());
        card.links().forEach((pci, found) -> {
            if (found != type)
                judgement.wrong(Finding.LINK_TYPE,
                    new Change(pci + " link type", VisibleText.words(type), VisibleText.words(found) + " (PCI class, lspci -Dnn -d 15b3:)"),
                    "mlxconfig -d " + card.pci() + " set LINK_TYPE_P" + (pci.charAt(pci.length() - 1) - '0' + 1) + "="
                    + (type == LinkType.ETHERNET ? 2 : 1)
                        + ", then mlxfwreset or a power cycle");
        });
    }

    private void minimum(Version least) {
        if (card.firmware().running().isEmpty()) {
            judgement.unknown(what("firmware"), least + " or later", silent());
            return;
        }
        Version running = card.firmware().running().get();
        var change = new Change(what("firmware"), least + " or later", running + " running" + source("running"));
        if (running.first() != least.first()) judgement.wrong(Finding.FIRMWARE_FAMILY, change, "");
        else if (!running.atLeast(least)) judgement.wrong(Finding.FIRMWARE_OLD, change, newer(least));
    }

    private String newer(Version least) {
        boolean waits = card.firmware().next().filter(next -> next.atLeast(least)).isPresent();
        return waits ? card.firmware().next().get() + " is burnt and waits: " + Finding.RESET_PENDING.next() : "";
    }

    private void pendingReset() {
        card.waiting().forEach(waits -> judgement.wrong(Finding.RESET_PENDING, new Change(what("pending reset"), "none", waits),
            "mlxfwreset -d " + card.pci() + " query shows what is supported; else power-cycle the host"));
        if (card.waiting().isEmpty() && !card.complete()) judgement.unknown(what("pending reset"), "none", silent());
    }

    private String source(String part) {
        return Optional.ofNullable(card.sources().get(part)).map(command -> " (" + command + ")").orElse("");
    }

    private String what(String part) {
        return card.pci() + " " + part;
    }

    private String silent() {
        return card.silent().isEmpty() ? "no tool tells" : String.join("; ", card.silent());
    }
}

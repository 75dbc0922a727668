package dev.bluerig.task;

import dev.bluerig.fact.Reading;
import dev.bluerig.fact.card.Mlx5Driver;
import dev.bluerig.fact.system.KernelConfig;
import dev.bluerig.fact.system.KernelModules;
import dev.bluerig.fact.tls.OffloadFlags;
import dev.bluerig.fact.tls.TlsFlags;
import dev.bluerig.inventory.Version;
import dev.bluerig.source.VisibleText;
import dev.bluerig.task.diff.Change;
import dev.bluerig.task.diff.Finding;
import dev.bluerig.task.diff.RequirementBuilder;
import java.util.Map;

/// What only a person can change about a kernel, held against what was seen.
record KernelCheck(KernelSpec wanted, KernelTask.Seen seen) {
    RequirementBuilder judge() {
        var judgement = new RequirementBuilder();
        wanted.minimum().ifPresent(least -> minimum(least, judgement));
        wanted.tlsOffload().forEach(direction -> tlsOffload(direction, judgement));
        wanted.options().entrySet().stream().sorted(Map.Entry.comparingByKey())
            .forEach(option -> option(option.getKey(), option.getValue(), judgement));
        wanted.modules().forEach(name -> module(name, judgement));
        return judgement;
    }

    private void minimum(Version least, RequirementBuilder judgement) {
        if (!seen.release().version().atLeast(least))
            judgement.wrong(Finding.KERNEL_OLD, new Change("kernel", least + " or later", seen.release().release() + " (uname -r)"), "");
    }

    /// A flag that is not `[fixed]` beats configuration and version numbers.
    private void tlsOffload(KernelSpec.Direction direction, RequirementBuilder judgement) {
        if (offered(direction)) return;
        String what = "kernel tls_offload " + VisibleText.words(direction);
        if (!seen.release().version().atLeast(direction.since()))
            judgement.wrong(Finding.KERNEL_OLD, new Change(what, direction.since() + " or later, or a port whose flag is not [fixed]",
                seen.release().release() + " (uname -r)"), "");
        switch (seen.config()) {
            case Reading.Known<KernelConfig>(KernelConfig config) -> configured(what, config, judgement);
            case Reading.Unknown<KernelConfig>(String why) -> judgement.unknown(what, "possible", why + ", and no flag of a port tells");
        }
    }

    private boolean offered(KernelSpec.Direction direction) {
        if (!(seen.flags() instanceof Reading.Known<OffloadFlags>(OffloadFlags flags))) return false;
        return flags.links().values().stream().anyMatch(link -> FirmwareTask.able(flag(link, direction)));
    }

    private static TlsFlags.Flag flag(TlsFlags link, KernelSpec.Direction direction) {
        return switch (direction) {
            case TX -> link.transmit();
            case RX -> link.receive();
        };
    }

    private void configured(String what, KernelConfig config, RequirementBuilder judgement) {
        String tls = config.value("TLS");
        if (!tls.equals("y") && !tls.equals("m")) lacks(what, "CONFIG_TLS=m or y", "CONFIG_TLS=" + tls, config, judgement);
        else if (!config.value("TLS_DEVICE").equals("y"))
            lacks(what, "CONFIG_TLS_DEVICE=y", "CONFIG_TLS_DEVICE=" + config.value("TLS_DEVICE"), config, judgement);
        else if (!config.value("MLX5_EN_TLS").equals("y") && !config.value("MLX5_TLS").equals("y")) driver(what, config, judgement);
    }

    private void driver(String what, KernelConfig config, RequirementBuilder judgement) {
        String expected = "CONFIG_MLX5_EN_TLS=y (before 5.19 also CONFIG_MLX5_TLS=y), or mlx5_core of MLNX_OFED or DOCA-OFED";
        switch (seen.driver()) {
            case Reading.Known<Mlx5Driver>(Mlx5Driver driver) when driver.outOfTree() -> { }
            case Reading.Known<Mlx5Driver>(Mlx5Driver driver) ->
                lacks(what, expected, "neither; mlx5_core is " + driver.file().orElse("not there"), config, judgement);
            case Reading.Unknown<Mlx5Driver>(String why) -> judgement.unknown(what, expected, why);
        }
    }

    private static void lacks(String what, String expected, String found, KernelConfig config, RequirementBuilder judgement) {
        judgement.wrong(Finding.KERNEL_WITHOUT_TLS_OFFLOAD, new Change(what, expected, found + " (" + config.source() + ")"), "");
    }

    private void option(String name, String value, RequirementBuilder judgement) {
        String what = "CONFIG_" + name;
        switch (seen.config()) {
            case Reading.Known<KernelConfig>(KernelConfig config) -> {
                String found = config.value(name);
                if (!found.equals(value) && !(value.equals("m") && found.equals("y")))
                    judgement.wrong(Finding.KERNEL_OPTION, new Change(what, value, found + " (" + config.source() + ")"), "");
            }
            case Reading.Unknown<KernelConfig>(String why) -> judgement.unknown(what, value, why);
        }
    }

    /// Domain facts 7, rows 7 and 9.
    private void module(String name, RequirementBuilder judgement) {
        KernelModules.Module module = seen.modules().get(name);
        String release = seen.release().release();
        if (!module.present() && module.file().isEmpty())
            judgement.wrong(Finding.KERNEL_MODULE_MISSING,
                new Change("module " + name, "loaded", "none for kernel " + release + " (modinfo " + name + ")"),
                "install the package that holds it (Ubuntu: linux-modules-extra-" + release + "), or boot a kernel that has it");
        else if (!module.builtIn() && !module.blacklistedIn().isEmpty())
            judgement.wrong(Finding.KERNEL_MODULE_BLACKLISTED,
                new Change("module " + name, "loaded at boot", "blacklisted in " + String.join(", ", module.blacklistedIn())),
                "remove the line `blacklist " + name + "` from " + String.join(" and ", module.blacklistedIn()));
    }
}

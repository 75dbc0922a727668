package dev.bluerig.armed;

/// What puts an armed change back at the next boot: files before anybody reads them to set up links, everything else when the switch runs.
/// Both are gone when the change is disarmed or was put back.
record ArmedUnits(String unit, String directory) {
    /// Where an administrator's units lie (systemd.unit(5)).
    private static final String PLACE = "/etc/systemd/system/";

    String early() {
        return unit + "-early.service";
    }

    String late() {
        return unit + "-late.service";
    }

    static String path(String name) {
        return PLACE + name;
    }

    /// Units that set up links come after network-pre.target (systemd.special(7)), which is only waited for when somebody wants it.
    String earlyText() {
        return """
            [Unit]
            Description=bluerig puts files back that an armed change wrote
            ConditionPathExists=%1$s/restore.sh
            DefaultDependencies=no
            RequiresMountsFor=%1$s /etc /usr
            After=local-fs.target
            Wants=network-pre.target
            Before=network-pre.target shutdown.target
            Conflicts=shutdown.target

            [Service]
            Type=oneshot
            ExecStart=/bin/sh %1$s/restore.sh early

            [Install]
            WantedBy=sysinit.target
            """.formatted(directory);
    }

    String lateText() {
        return """
            [Unit]
            Description=bluerig puts back what an armed change did
            ConditionPathExists=%1$s/restore.sh
            RequiresMountsFor=%1$s
            After=%2$s network.target openvswitch-switch.service openvswitch.service

            [Service]
            Type=oneshot
            ExecStart=/bin/sh %1$s/restore.sh boot

            [Install]
            WantedBy=multi-user.target
            """.formatted(directory, early());
    }
}

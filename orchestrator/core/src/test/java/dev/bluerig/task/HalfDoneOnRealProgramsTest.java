package dev.bluerig.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.BreakOff;
import dev.bluerig.cases.BrokenSession;
import dev.bluerig.cases.LocalMachine;
import dev.bluerig.cases.NeedsLab;
import dev.bluerig.converge.Convergence;
import dev.bluerig.converge.Guard;
import dev.bluerig.converge.Mode;
import dev.bluerig.converge.Outcome;
import dev.bluerig.converge.Permit;
import dev.bluerig.converge.SilentListener;
import dev.bluerig.remote.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the simulated machines are too kind for: remedies are broken off at each step on a real Open vSwitch, real links and real
/// files, and what is half done is never called done.
@NeedsLab(value = {"ovs-vsctl", "ovsdb-server", "ovs-vswitchd", "ip", "install", "mv", "stat"}, root = true)
class HalfDoneOnRealProgramsTest {
    /// A real machine with one wanted state; `state` is what its own programs say.
    private interface Bench extends AutoCloseable {
        Session session();

        Outcome play(Mode mode, Session session);

        String state();

        @Override
        void close();
    }

    @TempDir
    Path directory;

    private static void brokenOffEverywhere(Supplier<Bench> fresh) {
        String whole;
        int steps;
        try (Bench bench = fresh.get()) {
            var session = new BrokenSession(bench.session(), Optional.empty());
            assertInstanceOf(Outcome.Changed.class, bench.play(Mode.APPLY, session));
            steps = session.steps();
            whole = bench.state();
        }
        assertTrue(steps > 0);
        for (BreakOff breakOff : BreakOff.each(steps)) {
            try (Bench bench = fresh.get()) {
                Outcome first = bench.play(Mode.APPLY, new BrokenSession(bench.session(), Optional.of(breakOff)));
                assertTrue(first instanceof Outcome.Lost || first instanceof Outcome.Failed, () -> breakOff + ": " + first);
                if (bench.play(Mode.ACCEPT, bench.session()) instanceof Outcome.Ok)
                    assertEquals(whole, bench.state(), breakOff + ": accepted");
                Outcome second = bench.play(Mode.APPLY, bench.session());
                assertTrue(second instanceof Outcome.Ok || second instanceof Outcome.Changed, () -> breakOff + ": the rerun: " + second);
                assertEquals(whole, bench.state(), breakOff + ": called done by the rerun");
            }
        }
    }

    private record Switch(RealSwitch dpu, String task, String yaml) implements Bench {
        @Override
        public Session session() {
            return dpu.ovs;
        }

        @Override
        public Outcome play(Mode mode, Session session) {
            return dpu.play(mode, task, yaml, session);
        }

        /// Without numbers and the order of rows. Whether it was restarted since the factory, not how often.
        @Override
        public String state() {
            var columns = Map.of("Bridge", "name,datapath_type,fail_mode,external_ids,other_config", "Port",
                "name,tag,trunks,vlan_mode,external_ids", "Interface", "name,type,mtu_request,error", "Open_vSwitch",
                "other_config,external_ids");
            var said = new TreeSet<String>(dpu.shown());
            columns.forEach((table, names) -> Stream.of(dpu.vsctl("--columns=" + names, "list", table).split("\n\n"))
                .map(String::strip).forEach(said::add));
            // a mark is of the ovs-vswitchd that a restart ended, or the task were not done
            return said.toString().replaceAll("bluerig-restart-due=pid-\\d+", "") + " restarted=" + (dpu.ovs.restarts() > 0);
        }

        @Override
        public void close() {
            dpu.close();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        ovs        | {hw_offload: true}
        ovs_bridge | [{bridge: ovs-br0, ports: [p0, pf0hpf]}, {bridge: ovs-br1, ports: [p1, pf1hpf]}]
        ovs_bridge | {bridge: all, ports: [p0, pf0hpf, p1, pf1hpf], accept: named, other_ports: drop}
        """)
    void on_open_vswitch(String task, String yaml) {
        brokenOffEverywhere(() -> new Switch(RealSwitch.factory(), task, yaml));
    }

    private static final String NETPLAN = "/etc/netplan/60-bluerig-ens1f0np0.yaml";

    private record Links(RealLinks links, String yaml) implements Bench {
        @Override
        public Session session() {
            return links.session();
        }

        @Override
        public Outcome play(Mode mode, Session session) {
            return links.play(mode, InterfaceTask.class, yaml, session);
        }

        @Override
        public String state() {
            try {
                return links.inHost("ip", "-br", "address", "show", "dev", "ens1f0np0").replaceAll(" fe80::\\S+", "")
                    + links.inHost("ip", "-o", "link", "show", "dev", "ens1f0np0").replaceAll("^\\d+: |link/.*", "") + links.read(NETPLAN);
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }

        @Override
        public void close() {
            links.close();
        }
    }

    @Test
    void on_links() {
        String wanted = "{name: ens1f0np0, addresses: [192.0.2.1/30, \"fd00::1/64\"], only: true, mtu: 9000, up: true, persist: true}";
        brokenOffEverywhere(() -> new Links(realLinks(), wanted));
    }

    private RealLinks realLinks() {
        try {
            var links = new RealLinks(Files.createTempDirectory(directory, ""));
            links.inHost("ip", "link", "set", "dev", "ens1f0np0", "up");
            links.inHost("ip", "address", "add", "198.51.100.7/24", "dev", "ens1f0np0");
            links.write("/lib/systemd/system-generators/netplan", "#!/bin/sh\n");
            links.write("/etc/netplan/00-installer-config.yaml", "network:\n  version: 2\n  ethernets:\n    eno1: {dhcp4: true}\n");
            return links;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private record LocalFile(Path file, LocalMachine machine) implements Bench {
        @Override
        public Session session() {
            return machine;
        }

        @Override
        public Outcome play(Mode mode, Session session) {
            var terms = new Convergence.Terms(mode, Permit.all(), Guard.none(), Optional::empty, time -> { });
            var wanted = new FileTask(file.toString(), "one\ntwo\n", "0640", Optional.empty());
            return new Convergence(session, terms, new SilentListener()).play(List.of(wanted)).getFirst();
        }

        @Override
        public String state() {
            try (Stream<Path> beside = Files.list(file.getParent())) {
                return beside.map(path -> path.getFileName().toString()).sorted().toList() + Files.readString(file)
                    + PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }

        @Override
        public void close() {}
    }

    @Test
    void on_files() {
        var made = new ArrayList<Path>();
        brokenOffEverywhere(() -> {
            Path place = directory.resolve("made" + made.size());
            made.add(place);
            return new LocalFile(place.resolve("etc/deep/example.conf"), new LocalMachine(directory, Map.of()));
        });
    }
}

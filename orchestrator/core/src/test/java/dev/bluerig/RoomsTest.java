package dev.bluerig;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import dev.bluerig.cases.Rooms;
import dev.bluerig.fact.boot.BootOwner;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The order of the rooms (docs/architecture.md).
class RoomsTest {
    /// From the bottom up. The four rooms below `report` implement `remote`: only the command line picks them.
    private static final Rooms ROOMS = Rooms.of("dev.bluerig.", List.of("diagnostic", "source", "inventory", "remote",
        "fact", "fact.system", "fact.card", "fact.ovs", "fact.link", "fact.tls", "fact.boot", "fact.way",
        "task.diff", "task.link", "task.boot", "task.ovs", "task", "guard", "armed", "converge",
        "trial.spec", "trial.deploy", "trial.agent", "trial.evidence", "trial.verdict", "trial.diagnosis", "trial.run",
        "playbook", "run", "remote.shell", "remote.hostkey", "remote.cipher", "remote.ssh", "report"));
    private static final JavaClasses CORE = ROOMS.classes();

    @Test
    void a_room_uses_only_rooms_below() {
        ROOMS.areInOrder();
    }

    @Test
    void every_room_is_described_and_small() {
        ROOMS.areDescribedAndSmall();
    }

    @Test
    void the_report_knows_nothing_of_connections() {
        noClasses().that().resideInAPackage("dev.bluerig.report..").should().dependOnClassesThat()
            .resideInAnyPackage("dev.bluerig.remote.shell..", "dev.bluerig.remote.hostkey..", "dev.bluerig.remote.ssh..").check(CORE);
    }

    @Test
    void each_library_has_one_room() {
        ROOMS.alone("com.jcraft..", "remote.ssh", "remote.cipher");
        ROOMS.alone("org.bouncycastle..", "remote.cipher");
        ROOMS.alone("org.yaml.snakeyaml..", "source");
        ROOMS.alone("com.hubspot.jinjava..", "source");
        ROOMS.alone("com.fasterxml.jackson..", "source");
        ROOMS.alone("java.lang.foreign..");
    }

    /// Who sets up a link at boot is asked in one place; all others ask its backend.
    @Test
    void one_switch_knows_the_owners_of_links() {
        for (Class<?> owner : List.of(BootOwner.Netplan.class, BootOwner.Networkd.class, BootOwner.Ifcfg.class, BootOwner.Nobody.class))
            noClasses().that().resideOutsideOfPackage("dev.bluerig.fact.boot").and().doNotHaveSimpleName("BootBackend")
                .should().dependOnClassesThat().areAssignableTo(owner).check(CORE);
    }

    @Test
    void only_the_command_line_prints() {
        noClasses().should().accessField(System.class, "out").orShould().accessField(System.class, "err")
            .orShould().callMethod(System.class, "exit", int.class).check(CORE);
    }

    /// Facts and tasks judge what was seen; so does the verdict on a trial: the same evidence always gives the same words.
    @Test
    void the_judgement_is_pure() {
        isPure(noClasses().that().resideInAnyPackage("dev.bluerig.fact..", "dev.bluerig.task..", "dev.bluerig.guard..",
            "dev.bluerig.armed..",
            "dev.bluerig.trial.spec..",
            "dev.bluerig.trial.verdict..", "dev.bluerig.trial.diagnosis.."));
    }

    /// What two agents have said, and what the clock says, always give the same state.
    @Test
    void the_state_of_a_pair_is_pure() {
        isPure(noClasses().that().haveNameMatching("dev\\.bluerig\\.trial\\.agent\\.(AgentState|PairEnd|PairState)(\\$.*)?"));
    }

    private static void isPure(GivenClassesConjunction rooms) {
        rooms.should().dependOnClassesThat().resideInAnyPackage("java.io..", "java.nio.file..", "java.net..", "java.util.concurrent..")
            .orShould().dependOnClassesThat().haveFullyQualifiedName("java.lang.Thread")
            .orShould().dependOnClassesThat().haveFullyQualifiedName("java.time.Clock")
            .orShould().callMethod(System.class, "currentTimeMillis").orShould().callMethod(System.class, "nanoTime")
            .orShould().accessClassesThat().haveFullyQualifiedName("java.util.Random").check(CORE);
    }

    @Test
    void nothing_static_changes() {
        fields().that().areStatic().should().beFinal().check(CORE);
    }
}

package dev.bluerig.fact.system;

import dev.bluerig.cases.CaseDirectory;
import dev.bluerig.cases.FactCases;
import dev.bluerig.fact.card.BfImage;
import dev.bluerig.fact.card.Cards;
import dev.bluerig.fact.card.Mlx5Driver;
import dev.bluerig.source.Binder;
import dev.bluerig.source.Yaml;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// OS, kernel, modules, image and cards, each against transcripts; `question.yaml` is the question where it has parameters.
class MachineFactsTest {
    private static <T> T question(CaseDirectory one, Class<T> type) {
        return Binder.bind(type, Yaml.read(one.name() + "/question.yaml", one.text("question.yaml")));
    }

    @TestFactory
    Stream<DynamicTest> os_release() {
        return FactCases.of("os-release", OsRelease.class, new OsRelease.Seen());
    }

    @TestFactory
    Stream<DynamicTest> kernel_release() {
        return FactCases.of("kernel-release", KernelRelease.class, new KernelRelease.Seen());
    }

    @TestFactory
    Stream<DynamicTest> kernel_config() {
        return FactCases.of("kernel-config", KernelConfig.class, one -> question(one, KernelConfig.Seen.class));
    }

    @TestFactory
    Stream<DynamicTest> mlx5_driver() {
        return FactCases.of("mlx5-driver", Mlx5Driver.class, new Mlx5Driver.Seen());
    }

    @TestFactory
    Stream<DynamicTest> modules() {
        return FactCases.of("modules", KernelModules.class, one -> question(one, KernelModules.Seen.class));
    }

    @TestFactory
    Stream<DynamicTest> bf_image() {
        return FactCases.of("bf-image", BfImage.class, new BfImage.Seen());
    }

    @TestFactory
    Stream<DynamicTest> cards() {
        return FactCases.of("cards", Cards.class, one -> question(one, Cards.Seen.class));
    }
}

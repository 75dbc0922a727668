package dev.bluerig.lab.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class KernelLabRequirementsTest {
    private static List<String> problems(KernelLabRequirements machine, boolean root, boolean system, boolean nic) {
        return machine.problems(KernelLabRequirements.tables(root, system, nic), !root);
    }

    @Test
    void everything_that_is_missing_is_in_one_message_with_the_line_that_installs_it() {
        var problems = problems(new KernelLabRequirements("Linux", "amd64", "lab", _ -> false), false, false, false);
        assertEquals(2, problems.size(), problems.toString());
        assertTrue(problems.getFirst().contains("only root can make them (user lab"), problems.getFirst());
        assertTrue(problems.getLast().endsWith("Install: apt-get install --no-install-recommends apt bash coreutils"
            + " debian-archive-keyring debootstrap dpkg e2fsprogs gcc gpgv kmod make"
            + " openssh-client qemu-system-x86 util-linux xz-utils"), problems.getLast());
    }

    @Test
    void with_images_in_the_cache_an_ordinary_user_needs_qemu_and_little_else() {
        var here = Set.of("qemu-system-x86_64", "mke2fs", "setsid", "ssh", "ssh-keygen", "stty");
        assertEquals(List.of(), problems(new KernelLabRequirements("Linux", "amd64", "lab", here::contains), true, true, true));
        assertEquals(List.of("missing: gcc, make. Install: apt-get install --no-install-recommends gcc make"),
            problems(new KernelLabRequirements("Linux", "amd64", "lab", here::contains), true, true, false));
    }

    @Test
    void a_cache_that_the_kernels_build_cannot_use_is_refused_before_anything_is_fetched() {
        assertEquals(Optional.empty(), KernelLabRequirements.unbuildable(Path.of("/root/.cache/bluerig/kernel-lab")));
        for (String path : List.of("/home/my lab/.cache", "/mnt/c:/cache"))
            assertTrue(KernelLabRequirements.unbuildable(Path.of(path)).orElseThrow().contains("XDG_CACHE_HOME"), path);
    }

    @Test
    void other_machines_are_told_which_lab_they_can_have() {
        assertEquals(List.of("it needs Linux, and this is Mac OS X. Use: bluerig lab sim"),
            problems(new KernelLabRequirements("Mac OS X", "aarch64", "lab", _ -> false), false, false, false));
        assertTrue(problems(new KernelLabRequirements("Linux", "aarch64", "root", _ -> true), false, false, false).getFirst()
            .contains("x86-64"));
    }
}

package dev.bluerig.lab.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.lab.machine.LabFailed;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AptTest {
    /// apt 2.6.1, Debian 12, `apt-cache show`: shortened, its fields as they are.
    private static final String SHOWN = """
        Package: linux-headers-6.1.0-56-amd64
        Source: linux
        Version: 6.1.192-2
        Depends: linux-headers-6.1.0-56-common (= 6.1.192-2), linux-kbuild-6.1 (>= 6.1.192-2), linux-compiler-gcc-12-x86 (>= 6.1.192-2)
        Description-en: Header files for Linux 6.1.0-56-amd64
        """;

    @Test
    void dependencies_are_names_without_versions() throws LabFailed {
        assertEquals(List.of("linux-headers-6.1.0-56-common", "linux-kbuild-6.1", "linux-compiler-gcc-12-x86"),
            Apt.dependencies("linux-headers-6.1.0-56-amd64", SHOWN));
        assertEquals(List.of("one", "two", "three"), Apt.dependencies("x", "Depends: one:any (>= 2), two | other, three\n"));
    }

    @Test
    void an_unknown_package_is_named() {
        assertTrue(assertThrows(LabFailed.class, () -> Apt.dependencies("linux-image-amd64", "")).getMessage()
            .contains("linux-image-amd64"));
    }

    /// apt 2.6.1, Debian 12, `apt-config dump`: some lines of it.
    @Test
    void only_the_way_to_the_network_is_the_machines() {
        String settings = Apt.settings(Path.of("/c/apt"), """
            APT::Architecture "amd64";
            APT::Update::Post-Invoke:: "rm -f /var/cache/apt/archives/*.deb || true";
            Dir::State "var/lib/apt";
            Acquire::AllowInsecureRepositories "1";
            Acquire::http "";
            Acquire::http::Proxy "http://proxy:3128";
            Acquire::https::CaInfo "/etc/ssl/inner.pem";
            Acquire::Check-Valid-Until "false";
            Acquire::Languages:: "none";
            """);
        for (String kept : List.of("Acquire::http::Proxy \"http://proxy:3128\";", "Acquire::https::CaInfo \"/etc/ssl/inner.pem\";",
            "Acquire::Check-Valid-Until \"false\";",
            "Dir::State \"/c/apt/state\";", "Dir::Etc \"/c/apt/etc\";")) assertTrue(settings.contains(kept + "\n"), settings);
        for (String left : List.of("Post-Invoke", "AllowInsecure", "var/lib/apt\"", "Acquire::http \""))
            assertFalse(settings.contains(left), settings);
    }

    @Test
    void both_archives_are_checked_against_debians_keys() {
        String sources = Apt.sources("bookworm", new Mirror("http://m/debian", "http://m/debian-security"));
        assertEquals(List.of("deb [arch=amd64 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://m/debian bookworm main",
            "deb [arch=amd64 signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] http://m/debian-security bookworm-security main"),
            sources.lines().toList());
    }
}

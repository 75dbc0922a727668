package dev.bluerig.lab.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MirrorTest {
    @Test
    void both_styles_of_sources_are_read() {
        assertEquals(new Mirror("http://near/debian", "https://near.example/debian-security"), Mirror.among(List.of("""
            # deb http://old/debian bookworm main
            deb [arch=amd64 signed-by=/k.gpg] http://near/debian/ bookworm main
            deb-src http://sources/debian bookworm main
            deb https://near.example/debian-security bookworm-security main
            """)));
        assertEquals(new Mirror("http://near/debian", "http://near/debian-security"), Mirror.among(List.of("""
            Types: deb
            # http://snapshot.debian.org/archive/debian/20250520T000000Z
            URIs: http://near/debian
            Suites: bookworm bookworm-updates
            Components: main
            Signed-By: /usr/share/keyrings/debian-archive-keyring.gpg

            Types: deb
            URIs: http://near/debian-security
            Suites: bookworm-security
            """)));
    }

    @Test
    void a_machine_without_an_archive_of_its_own_takes_debians() {
        assertEquals(Mirror.OF_DEBIAN, Mirror.among(List.of()));
        assertEquals(Mirror.OF_DEBIAN, Mirror.among(List.of("deb https://packages.example/apt stable main\ndeb cdrom:[disc]/debian"
            + " bookworm main\n")));
        assertEquals(new Mirror("http://near/debian", Mirror.OF_DEBIAN.security()),
            Mirror.among(List.of("deb http://near/debian bookworm main\n")));
    }
}

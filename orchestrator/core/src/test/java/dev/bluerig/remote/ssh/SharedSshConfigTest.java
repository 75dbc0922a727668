package dev.bluerig.remote.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bluerig.cases.NeedsLab;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Held to the real `ssh -G`, whose processes are counted.
@NeedsLab("ssh")
class SharedSshConfigTest {
    private static final List<String> NAMES = List.of("host-01", "host-02", "HOST-03", "dpu-01", "dpu-02", "10.0.0.1", "10.0.0.2",
        "10.1.0.1", "fd00::1", "fd00::2", "elsewhere.example");

    @TempDir
    private Path directory;
    private Path config;
    private SshProgram ssh;

    @BeforeEach
    void counted() throws Exception {
        config = directory.resolve("config");
        Path real = SshProgram.of(config).orElseThrow().binary();
        Path counting = Files.writeString(directory.resolve("ssh"),
            "#!/bin/sh\necho >>" + directory.resolve("count") + "\nexec " + real + " \"$@\"\n");
        Files.setPosixFilePermissions(counting, PosixFilePermissions.fromString("rwx------"));
        ssh = new SshProgram(counting, config);
    }

    /// Every name gets what ssh says of it. Returns how many processes that took.
    private long asked(String text) throws Exception {
        Files.writeString(config, text);
        for (String name : NAMES) {
            for (Optional<String> user : List.of(Optional.<String>empty(), Optional.of("lab"))) {
                SshConfig shared = SharedSshConfig.of(ssh, name, user, Optional.empty());
                assertEquals(SshConfig.parse(new SshProgram(SshProgram.of(config).orElseThrow().binary(), config)
                    .settings(name, user, Optional.empty())).values(), shared.values(), name);
            }
        }
        return Files.readString(directory.resolve("count")).length();
    }

    @Test
    void one_process_answers_for_all_where_nothing_looks_at_names() throws Exception {
        assertEquals(2, asked("Host *\n  SendEnv LANG\n  HashKnownHosts yes\n"), "one for each user");
    }

    @Test
    void names_that_other_patterns_match_are_asked_for_on_their_own() throws Exception {
        long processes = asked("Host host-* !host-02\n  User root\nHost=\"10.0.*\"\n  Port 2222\nHost fd00::?\n  User six\n");
        assertTrue(processes < 2L * NAMES.size(), processes + " processes");
    }

    @Test
    void files_that_are_included_are_followed() throws Exception {
        Path more = Files.createDirectory(directory.resolve("more"));
        Files.writeString(more.resolve("10-dpus.conf"), "Host dpu-*\n  ProxyJump host-01\n");
        long processes = asked("Include " + more + "/*.conf\nMatch final all\n  GSSAPIAuthentication yes\n");
        assertTrue(processes < 2L * NAMES.size(), processes + " processes");
        Files.writeString(more.resolve("20-more.conf"), "Host host-02\n  Port 22022\n");
        asked("Include " + more + "/*.conf\nMatch final all\n  GSSAPIAuthentication yes\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Match host host-*\n  User root\n", "Match exec \"test %h = host-01\"\n  User root\n",
        "Host *\n  HostName %h.example\n", "Host *\n  Include ${HOME}/nothing\n", "Match user lab\n  Port 2022\n"})
    void what_looks_closer_at_names_is_asked_for_each(String text) throws Exception {
        assertTrue(asked(text) >= 2L * NAMES.size(), "each name");
    }

    @Test
    void an_edited_file_is_read_again() throws Exception {
        asked("Host *\n  Port 2022\n");
        asked("Host *\n  Port 2023\n");
    }
}

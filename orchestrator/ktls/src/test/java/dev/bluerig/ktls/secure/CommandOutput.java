package dev.bluerig.ktls.secure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// What a command says.
final class CommandOutput {
    private CommandOutput() {}

    static String by(List<String> words) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int code = process.waitFor();
        if (code != 0) throw new IOException(words + " ended with " + code + ": " + text);
        return text;
    }
}

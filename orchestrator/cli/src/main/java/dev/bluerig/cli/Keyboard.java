package dev.bluerig.cli;

import dev.bluerig.source.Secret;
import java.io.Console;
import java.util.Optional;

/// The person at the keyboard; empty answers when there is none.
public interface Keyboard {
    Optional<String> line(String question);

    /// Typed without being shown.
    Optional<Secret> hidden(String question);

    static Keyboard ofThisProcess() {
        Optional<Console> console = Optional.ofNullable(System.console()).filter(Console::isTerminal);
        return new Keyboard() {
            @Override
            public Optional<String> line(String question) {
                return console.map(tty -> tty.readLine("%s", question));
            }

            @Override
            public Optional<Secret> hidden(String question) {
                return console.map(tty -> tty.readPassword("%s", question)).map(typed -> new Secret(new String(typed)));
            }
        };
    }
}

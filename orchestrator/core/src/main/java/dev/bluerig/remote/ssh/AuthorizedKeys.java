package dev.bluerig.remote.ssh;

import dev.bluerig.remote.Command;
import dev.bluerig.remote.ConnectionCode;
import dev.bluerig.remote.Exchange;
import dev.bluerig.remote.RemoteFile;
import dev.bluerig.remote.Reply;
import dev.bluerig.remote.Session;
import dev.bluerig.remote.Unreachable;
import dev.bluerig.remote.hostkey.PublicKeyText;
import java.util.ArrayList;
import java.util.List;

/// Our public key in a user's `authorized_keys` (sshd(8), "AUTHORIZED_KEYS FILE FORMAT"), once, with the modes that sshd insists on.
final class AuthorizedKeys {
    private AuthorizedKeys() {}

    /// True when the file had to be changed.
    static boolean install(String where, Session session, PublicKeyText key) throws Unreachable {
        List<Reply> seen = session.exchange(Exchange.asking(List.of(Command.of("pwd"), Command.of("cat", ".ssh/authorized_keys"),
            Command.of("stat", "-c", "%a", ".ssh", ".ssh/authorized_keys"))));
        if (!(seen.get(0) instanceof Reply.Ran home && home.ok())) throw failed(where, Command.of("pwd"), seen.get(0));
        String text = seen.get(1) instanceof Reply.Ran ran && ran.ok() ? ran.out() : "";
        boolean modes = seen.get(2) instanceof Reply.Ran ran && ran.out().equals("700\n600\n");
        List<Command> steps = steps(home.out().strip(), text, modes, key);
        List<Reply> replies = session.exchange(new Exchange(steps, List.of()));
        for (int i = 0; i < steps.size(); i++)
            if (!(replies.get(i) instanceof Reply.Ran ran && ran.ok())) throw failed(where, steps.get(i), replies.get(i));
        return !steps.isEmpty();
    }

    /// What is to be done; nothing when the key is there and the modes are right.
    static List<Command> steps(String home, String text, boolean modes, PublicKeyText key) {
        String file = home + "/.ssh/authorized_keys";
        var steps = new ArrayList<Command>();
        if (!modes || !holds(text, key)) steps.add(Command.of("install", "-d", "-m", "0700", home + "/.ssh"));
        if (!holds(text, key)) steps.addAll(RemoteFile.write(file, with(text, key), "0600", ""));
        else if (!modes) steps.add(Command.of("chmod", "0600", file));
        return List.copyOf(steps);
    }

    static boolean holds(String text, PublicKeyText key) {
        return text.lines().anyMatch(line -> !line.startsWith("#") && (" " + line + " ").contains(" " + key + " "));
    }

    private static String with(String text, PublicKeyText key) {
        return text + (text.isEmpty() || text.endsWith("\n") ? "" : "\n") + key + " bluerig\n";
    }

    private static Unreachable failed(String where, Command command, Reply reply) {
        String answer = reply instanceof Reply.Ran ran ? "exit " + ran.status() + ": " + ran.err().strip()
            : reply.getClass().getSimpleName();
        return new Unreachable(ConnectionCode.UPLOAD_REFUSED, where + ": the key could not be installed: " + command + ": " + answer);
    }
}

package dev.bluerig.task.link;

import dev.bluerig.fact.tls.TlsSockets;

/// What to tell whoever wants to change a card while connections live in it.
public final class CardInUse {
    private CardInUse() {}

    public static String next(TlsSockets sockets) {
        int number = sockets.device().size();
        return "end " + String.join(", ", sockets.owners()) + " (" + number + (number == 1 ? " connection" : " connections")
            + " with TLS in a card: ss -tiepn), then run again";
    }
}

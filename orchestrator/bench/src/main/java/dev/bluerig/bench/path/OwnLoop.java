package dev.bluerig.bench.path;

/// The loops that our own processes run.
enum OwnLoop {
    PAIR("the pair, plain TCP"), NIO("Java NIO, plain TCP"), USER_SPACE("the pair, TLS in user space"), KERNEL("the pair, kernel TLS");

    private final String text;

    OwnLoop(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}

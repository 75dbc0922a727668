package dev.bluerig.remote.shell;

/// The next marker that the shell may print, and what may stand in it; everything else is output.
///
/// - `number`: of the command, in the order they were sent.
/// - `mark`: the bytes before the label.
/// - `payload`: it may first say that it is ready for its stdin.
record AwaitedMarker(int number, byte[] mark, Kind kind, boolean payload) {
    /// - `GREETING`: process id, and user id where the machine tells it.
    /// - `STEP`, and a question to a party: exit status, or `-` when it was not run.
    /// - `QUESTION`: exit status.
    enum Kind {
        GREETING("[1-9]\\d{0,9}( \\d{0,10})?"), STEP("\\d{1,3}|-"), QUESTION("\\d{1,3}");

        private final String label;

        Kind(String label) {
            this.label = label;
        }
    }

    boolean takes(String label) {
        return label.matches(kind.label) && (kind == Kind.GREETING || label.equals("-") || Integer.parseInt(label) <= 255);
    }
}

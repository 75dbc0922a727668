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
        GREETING, STEP, QUESTION
    }

    boolean takes(String label) {
        return switch (kind) {
            case GREETING -> isGreeting(label);
            case STEP -> label.equals("-") || isStatus(label);
            case QUESTION -> isStatus(label);
        };
    }

    private static boolean isStatus(String label) {
        return !label.isEmpty() && label.length() <= 3 && digits(label) == label.length() && Integer.parseInt(label) <= 255;
    }

    private static boolean isGreeting(String label) {
        int id = digits(label);
        if (id == 0 || id > 10 || label.charAt(0) == '0') return false;
        if (id == label.length()) return true;
        String user = label.substring(id + 1);
        return label.charAt(id) == ' ' && user.length() <= 10 && digits(user) == user.length();
    }

    /// How many decimal digits it begins with.
    private static int digits(String text) {
        int count = 0;
        while (count < text.length() && text.charAt(count) >= '0' && text.charAt(count) <= '9') count++;
        return count;
    }
}

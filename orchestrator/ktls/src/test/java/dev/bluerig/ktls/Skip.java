package dev.bluerig.ktls;

import org.opentest4j.TestAbortedException;

/// For what a test finds out only while it runs: it skips and says so on the console; with `BLUERIG_LABS=required`, as `./test` sets it, it
/// fails instead.
public final class Skip {
    private Skip() {}

    public static void unless(boolean here, String said) {
        if (here) return;
        if (required()) throw new AssertionError(said + ", and BLUERIG_LABS=required");
        System.err.println("SKIPPED: " + said);
        throw new TestAbortedException(said);
    }

    /// Whether this kernel must have TLS, as that of the kernel lab's guest: then a refusal is a failure, never a reason to test less.
    public static boolean kernelTlsIsRequired() {
        return "required".equals(System.getenv("BLUERIG_KERNEL_TLS"));
    }

    static boolean required() {
        return "required".equals(System.getenv("BLUERIG_LABS"));
    }
}

package dev.bluerig.cli;

import dev.bluerig.run.ExitCode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/// Ctrl-C, SIGTERM and SIGHUP ask the run to stop between two tasks. Ctrl-C twice ends the process at once; all of it is exit code 130.
///
/// Only a person's second Ctrl-C halts: shells and `timeout` send SIGHUP and SIGTERM to the process and to its group, so twice. A command
/// that never asks whether to stop ends at once, and so does one that has not asked yet: it has begun nothing.
public final class InterruptHandler {
    private static final String INTERRUPT = "INT";

    private final AtomicInteger interrupts = new AtomicInteger();
    private volatile boolean stopped;
    private volatile boolean heard;

    /// The JDK has no public way to see a signal and go on; `sun.misc.Signal` of the module jdk.unsupported is reached by reflection,
    /// because the compiler's warning about it cannot be switched off. Without it, signals end the process as usual. One that was
    /// ignored when the process started (`nohup`, a build in the background) stays ignored.
    static InterruptHandler install() {
        var interrupts = new InterruptHandler();
        for (String name : new String[] {INTERRUPT, "TERM", "HUP"}) install(name, interrupts);
        return interrupts;
    }

    private static void install(String name, InterruptHandler interrupts) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) interrupts.signalled(name);
                return method.getName().equals("hashCode") ? System.identityHashCode(proxy) : method.getName().equals("equals")
                    ? proxy == arguments[0] : null;
            });
            signal.getMethod("handle", signal, handler).invoke(null, signal.getConstructor(String.class).newInstance(name), ours);
        } catch (
            ClassNotFoundException | NoSuchMethodException | IllegalAccessException | InstantiationException
                | InvocationTargetException absent) {
            // the signal ends the process as usual
        }
    }

    /// Not `halt`: the console's hook shows again what is typed when a password was being asked for.
    void signalled(String name) {
        boolean person = name.equals(INTERRUPT);
        boolean again = stopped;
        stopped = true;
        if (person && interrupts.incrementAndGet() > 1 || !heard) System.exit(ExitCode.INTERRUPTED.number());
        if (!again || person) System.err.println("\n" + (person ? "" : "SIG" + name + ": ")
            + "stopping: what is running is finished first; " + (person ? "Ctrl-C again" : "Ctrl-C twice") + " halts at once");
    }

    public boolean stopped() {
        heard = true;
        return stopped;
    }
}

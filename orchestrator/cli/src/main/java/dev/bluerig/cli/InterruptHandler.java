package dev.bluerig.cli;

import dev.bluerig.run.ExitCode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/// Ctrl-C: the first asks the run to stop between two tasks, the second ends the process at once with 130.
public final class InterruptHandler {
    private final AtomicInteger count = new AtomicInteger();

    /// The JDK has no public way to see a signal and go on; `sun.misc.Signal` of the module jdk.unsupported is reached by reflection,
    /// because the compiler's warning about it cannot be switched off. Without it, Ctrl-C ends the process as usual.
    static InterruptHandler install() {
        var interrupts = new InterruptHandler();
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ours = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (proxy, method, arguments) -> {
                if (method.getName().equals("handle")) interrupts.interrupt();
                return method.getName().equals("hashCode") ? System.identityHashCode(proxy) : method.getName().equals("equals")
                    ? proxy == arguments[0] : null;
            });
            signal.getMethod("handle", signal, handler).invoke(null, signal.getConstructor(String.class).newInstance("INT"), ours);
        } catch (
            ClassNotFoundException | NoSuchMethodException | IllegalAccessException | InstantiationException
                | InvocationTargetException absent) {
            return interrupts;
        }
        return interrupts;
    }

    /// Not `halt`: the console's hook shows again what is typed when a password was being asked for.
    void interrupt() {
        if (count.incrementAndGet() > 1) System.exit(ExitCode.INTERRUPTED.number());
        System.err.println("\nstopping: what is running is finished first; Ctrl-C again halts at once");
    }

    public boolean stopped() {
        return count.get() > 0;
    }
}

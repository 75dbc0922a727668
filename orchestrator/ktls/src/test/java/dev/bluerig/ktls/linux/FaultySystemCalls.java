package dev.bluerig.ktls.linux;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// The calls of this machine, but for those that a test answers itself.
interface FaultySystemCalls {
    /// An answer instead of the kernel's; empty: ask the kernel.
    Optional<Number> answer(String call, Object[] arguments);

    static Function<Arena, SystemCalls> calls(FaultySystemCalls twist) {
        return arena -> {
            var real = new CLibrary(arena);
            return (SystemCalls) Proxy.newProxyInstance(SystemCalls.class.getClassLoader(), new Class<?>[] {SystemCalls.class},
                (proxy, method, arguments) -> {
                Optional<Number> answer = twist.answer(method.getName(), arguments);
                if (answer.isPresent())
                    return method.getReturnType() == int.class ? (Object) answer.get().intValue() : (Object) answer.get().longValue();
                try {
                    return method.invoke(real, arguments);
                } catch (InvocationTargetException thrown) {
                    throw thrown.getCause();
                }
            });
        };
    }

    /// Two of three calls that may wait are interrupted.
    static FaultySystemCalls interrupted(AtomicInteger interruptions) {
        var dice = new Random(7);
        return (call, arguments) -> {
            boolean waits = switch (call) {
                case "send", "sendmsg", "recv", "recvmsg", "sendfile", "poll", "accept4" -> true;
                default -> false;
            };
            if (!waits || dice.nextInt(3) == 0) return Optional.empty();
            interruptions.incrementAndGet();
            return Optional.of(-Errno.EINTR);
        };
    }

    /// The kernel takes and gives at most this many bytes at once.
    static FaultySystemCalls atMost(long bytes) {
        return (call, arguments) -> {
            if (call.equals("send")) arguments[2] = Math.min(bytes, (Long) arguments[2]);
            if (call.equals("sendfile")) arguments[3] = Math.min(bytes, (Long) arguments[3]);
            if (call.equals("recvmsg")) shorten((MemorySegment) arguments[1], bytes);
            return Optional.empty();
        };
    }

    private static void shorten(MemorySegment header, long bytes) {
        MemorySegment vector = Memory.at(header.get(JAVA_LONG, 16), 16);
        vector.set(JAVA_LONG, 8, Math.min(bytes, vector.get(JAVA_LONG, 8)));
    }
}

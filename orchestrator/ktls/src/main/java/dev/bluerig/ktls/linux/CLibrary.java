package dev.bluerig.ktls.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;

/// System calls by the C library of this process. Handles are constants, so the compiler sees through them; errno is caught per call.
final class CLibrary implements SystemCalls {
    private static final Linker LINKER = Linker.nativeLinker();
    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO = STATE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle SOCKET = handle("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle BIND = handle("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle LISTEN = handle("listen", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle ACCEPT4 = handle("accept4", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
    private static final MethodHandle CONNECT = handle("connect", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle GETSOCKNAME = handle("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle GETPEERNAME = handle("getpeername", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle GETSOCKOPT =
        handle("getsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle SETSOCKOPT =
        handle("setsockopt", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle FCNTL = variadic("fcntl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle POLL = handle("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle SEND = handle("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle SENDMSG = handle("sendmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle RECV = handle("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    private static final MethodHandle RECVMSG = handle("recvmsg", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SENDFILE =
        handle("sendfile", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle OPEN = variadic("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    private static final MethodHandle SHUTDOWN = handle("shutdown", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
    private static final MethodHandle CLOSE = handle("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle GETRUSAGE = handle("getrusage", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
    private static final MethodHandle SYSCONF = handle("sysconf", FunctionDescriptor.of(JAVA_LONG, JAVA_INT));
    private static final MethodHandle GET_AFFINITY =
        handle("sched_getaffinity", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS));
    private static final MethodHandle SET_AFFINITY =
        handle("sched_setaffinity", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS));

    private final MemorySegment state;

    /// `arena`: where errno is caught.
    CLibrary(Arena arena) {
        state = arena.allocate(STATE);
    }

    @SuppressWarnings("restricted")
    private static MethodHandle handle(String name, FunctionDescriptor function) {
        return LINKER.downcallHandle(LINKER.defaultLookup().find(name).orElseThrow(), function, Linker.Option.captureCallState("errno"));
    }

    /// The two arguments before the dots of fcntl(2) and open(2) are fixed.
    @SuppressWarnings("restricted")
    private static MethodHandle variadic(String name, FunctionDescriptor function) {
        return LINKER.downcallHandle(LINKER.defaultLookup().find(name).orElseThrow(), function, Linker.Option.captureCallState("errno"),
            Linker.Option.firstVariadicArg(2));
    }

    private int checked(int result) {
        return result >= 0 ? result : -state.get(JAVA_INT, ERRNO);
    }

    private long checked(long result) {
        return result >= 0 ? result : -state.get(JAVA_INT, ERRNO);
    }

    /// A handle throws nothing of its own: what comes is an error of this program.
    private static RuntimeException broken(Throwable thrown) {
        if (thrown instanceof Error error) throw error;
        return thrown instanceof RuntimeException unchecked ? unchecked : new IllegalStateException(thrown);
    }

    @Override
    public int socket(int domain, int type, int protocol) {
        try {
            return checked((int) SOCKET.invokeExact(state, domain, type, protocol));
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
    }

    @Override
    public int bind(int descriptor, MemorySegment address, int length) {
        try {
            return checked((int) BIND.invokeExact(state, descriptor, address, length));
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
    }

    @Override
    public int listen(int descriptor, int backlog) {
        try {
            return checked((int) LISTEN.invokeExact(state, descriptor, backlog));
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
    }

    @Override
    public int accept4(int descriptor, int flags) {
        try {
            return checked((int) ACCEPT4.invokeExact(state, descriptor, MemorySegment.NULL, MemorySegment.NULL, flags));
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
    }

    @Override
    public int connect(int descriptor, MemorySegment address, int length) {
        try {
            return checked((int) CONNECT.invokeExact(state, descriptor, address, length));
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
    }

    @Override
    public int getsockname(int descriptor, MemorySegment address, MemorySegment length) {
        try {
            return checked((int) GETSOCKNAME.invokeExact(state, descriptor, address, length));
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
    }

    @Override
    public int getpeername(int descriptor, MemorySegment address, MemorySegment length) {
        try {
            return checked((int) GETPEERNAME.invokeExact(state, descriptor, address, length));
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
    }

    @Override
    public int getsockopt(int descriptor, int level, int name, MemorySegment value, MemorySegment length) {
        try {
            return checked((int) GETSOCKOPT.invokeExact(state, descriptor, level, name, value, length));
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
    }

    @Override
    public int setsockopt(int descriptor, int level, int name, MemorySegment value, int length) {
        try {
            return checked((int) SETSOCKOPT.invokeExact(state, descriptor, level, name, value, length));
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
    }

    @Override
    public int fcntl(int descriptor, int command, int argument) {
        try {
            return checked((int) FCNTL.invokeExact(state, descriptor, command, argument));
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
    }

    @Override
    public int poll(MemorySegment descriptors, long count, int milliseconds) {
        try {
            return checked((int) POLL.invokeExact(state, descriptors, count, milliseconds));
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
    }

    @Override
    public long send(int descriptor, MemorySegment bytes, long length, int flags) {
        try {
            return checked((long) SEND.invokeExact(state, descriptor, bytes, length, flags));
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
    }

    @Override
    public long sendmsg(int descriptor, MemorySegment message, int flags) {
        try {
            return checked((long) SENDMSG.invokeExact(state, descriptor, message, flags));
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
    }

    @Override
    public long recv(int descriptor, MemorySegment bytes, long length, int flags) {
        try {
            return checked((long) RECV.invokeExact(state, descriptor, bytes, length, flags));
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
    }

    @Override
    public long recvmsg(int descriptor, MemorySegment message, int flags) {
        try {
            return checked((long) RECVMSG.invokeExact(state, descriptor, message, flags));
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
    }

    @Override
    public long sendfile(int to, int from, MemorySegment offset, long count) {
        try {
            return checked((long) SENDFILE.invokeExact(state, to, from, offset, count));
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
    }

    @Override
    public int open(MemorySegment path, int flags) {
        try {
            return checked((int) OPEN.invokeExact(state, path, flags));
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
    }

    @Override
    public int shutdown(int descriptor, int how) {
        try {
            return checked((int) SHUTDOWN.invokeExact(state, descriptor, how));
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
    }

    @Override
    public int close(int descriptor) {
        try {
            return checked((int) CLOSE.invokeExact(state, descriptor));
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
    }

    @Override
    public int getrusage(int who, MemorySegment usage) {
        try {
            return checked((int) GETRUSAGE.invokeExact(state, who, usage));
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
    }

    @Override
    public long sysconf(int name) {
        try {
            return checked((long) SYSCONF.invokeExact(state, name));
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
    }

    @Override
    public int getAffinity(int thread, long length, MemorySegment mask) {
        try {
            return checked((int) GET_AFFINITY.invokeExact(state, thread, length, mask));
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
    }

    @Override
    public int setAffinity(int thread, long length, MemorySegment mask) {
        try {
            return checked((int) SET_AFFINITY.invokeExact(state, thread, length, mask));
        } catch (Throwable thrown) {
            throw broken(thrown);
        }
    }
}

package dev.bluerig.ktls.linux;

import java.lang.foreign.MemorySegment;

/// The system calls that this package makes. Each gives what its manual page says, or the negative errno, as the kernel itself does
/// (syscalls(2)). One thread at a time.
interface SystemCalls {
    /// [socket(2)](https://man7.org/linux/man-pages/man2/socket.2.html)
    int socket(int domain, int type, int protocol);

    /// [bind(2)](https://man7.org/linux/man-pages/man2/bind.2.html)
    int bind(int descriptor, MemorySegment address, int length);

    /// [listen(2)](https://man7.org/linux/man-pages/man2/listen.2.html)
    int listen(int descriptor, int backlog);

    /// [accept4(2)](https://man7.org/linux/man-pages/man2/accept4.2.html), without an address.
    int accept4(int descriptor, int flags);

    /// [connect(2)](https://man7.org/linux/man-pages/man2/connect.2.html)
    int connect(int descriptor, MemorySegment address, int length);

    /// [getsockname(2)](https://man7.org/linux/man-pages/man2/getsockname.2.html)
    int getsockname(int descriptor, MemorySegment address, MemorySegment length);

    /// [getpeername(2)](https://man7.org/linux/man-pages/man2/getpeername.2.html)
    int getpeername(int descriptor, MemorySegment address, MemorySegment length);

    /// [getsockopt(2)](https://man7.org/linux/man-pages/man2/getsockopt.2.html)
    int getsockopt(int descriptor, int level, int name, MemorySegment value, MemorySegment length);

    /// [setsockopt(2)](https://man7.org/linux/man-pages/man2/setsockopt.2.html)
    int setsockopt(int descriptor, int level, int name, MemorySegment value, int length);

    /// [fcntl(2)](https://man7.org/linux/man-pages/man2/fcntl.2.html) with a number as argument.
    int fcntl(int descriptor, int command, int argument);

    /// [poll(2)](https://man7.org/linux/man-pages/man2/poll.2.html)
    int poll(MemorySegment descriptors, long count, int milliseconds);

    /// [send(2)](https://man7.org/linux/man-pages/man2/send.2.html)
    long send(int descriptor, MemorySegment bytes, long length, int flags);

    /// [sendmsg(2)](https://man7.org/linux/man-pages/man2/sendmsg.2.html)
    long sendmsg(int descriptor, MemorySegment message, int flags);

    /// [recv(2)](https://man7.org/linux/man-pages/man2/recv.2.html)
    long recv(int descriptor, MemorySegment bytes, long length, int flags);

    /// [recvmsg(2)](https://man7.org/linux/man-pages/man2/recvmsg.2.html)
    long recvmsg(int descriptor, MemorySegment message, int flags);

    /// [sendfile(2)](https://man7.org/linux/man-pages/man2/sendfile.2.html); `offset` is an off_t of 64 bits.
    long sendfile(int to, int from, MemorySegment offset, long count);

    /// [open(2)](https://man7.org/linux/man-pages/man2/open.2.html) of a file that exists.
    int open(MemorySegment path, int flags);

    /// [shutdown(2)](https://man7.org/linux/man-pages/man2/shutdown.2.html)
    int shutdown(int descriptor, int how);

    /// [close(2)](https://man7.org/linux/man-pages/man2/close.2.html); the descriptor is gone even when it fails.
    int close(int descriptor);

    /// [getrusage(2)](https://man7.org/linux/man-pages/man2/getrusage.2.html)
    int getrusage(int who, MemorySegment usage);

    /// [sysconf(3)](https://man7.org/linux/man-pages/man3/sysconf.3.html)
    long sysconf(int name);

    /// [sched_getaffinity(2)](https://man7.org/linux/man-pages/man2/sched_getaffinity.2.html)
    int getAffinity(int thread, long length, MemorySegment mask);

    /// [sched_setaffinity(2)](https://man7.org/linux/man-pages/man2/sched_setaffinity.2.html)
    int setAffinity(int thread, long length, MemorySegment mask);
}

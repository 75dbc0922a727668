/// TCP, kernel TLS, meters and affinity by Linux system calls: the only package that uses `java.lang.foreign`.
///
/// `SystemCalls` is the plain list of calls with their manual pages, `CLibrary` makes them; everything above works on a list of calls, so a
/// test may interrupt one or cut one short. Numbers and layouts stand where they are used, each with the header it is from (linux-libc-dev
/// 6.1.187, compiled and printed for x86-64; asm-generic, so the same on aarch64).
///
/// | what | where | from |
/// |---|---|---|
/// | sockets, deadlines | `LinuxNetwork`, `LinuxListener`, `SocketOptions`, `SocketAddress` | socket(2), bind(2), listen(2), accept4(2), connect(2), poll(2), ip(7), ipv6(7), tcp(7) |
/// | payload | `Sender`, `Receiver` | send(2), sendmsg(2), sendfile(2), recvmsg(2), cmsg(3), Documentation/networking/tls.rst |
/// | keys | `CryptoInfo`, `KernelNumbers` | linux/tls.h |
/// | state of a connection | `SockDiag`, `DiagRequest`, `DiagAnswer` | sock_diag(7), netlink(7), linux/inet_diag.h, linux/tls.h |
/// | who may close when | `Descriptor` | shutdown(2), close(2) |
/// | cost | `LinuxMeter`, `ProcStat` | getrusage(2), proc(5) |
/// | cores | `LinuxAffinity` | sched_setaffinity(2), cpuset(7) |
///
/// On the data path nothing is copied and no memory is taken from the C library: a direct buffer's own address goes to the kernel, headers
/// and errno have their place in a block that belongs to the connection.
package dev.bluerig.ktls.linux;

package dev.bluerig.ktls;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// One TCP connection. Calls block and hold their thread, a virtual one's carrier too: use platform threads. One thread may send while
/// another receives.
/// `close` from another thread ends them; they, and every later call, then fail with EBADF. Buffers are direct. Before keys are given,
/// bytes are bytes; after that, bytes are the payload of application-data records.
public interface Connection extends AutoCloseable {
    InetSocketAddress local();

    InetSocketAddress peer();

    /// What came: `type` is 23 for payload and for bytes without TLS, else that of a control record (20 change cipher spec, 21 alert,
    /// 22 handshake); `bytes` is -1 at the end of the stream.
    record Received(int type, int bytes) {}

    /// At least one byte into the buffer's free space (recvmsg(2), with the record type as control message).
    Received receive(ByteBuffer into) throws SystemFailure;

    /// All bytes of the buffer (send(2)).
    void send(ByteBuffer bytes) throws SystemFailure;

    /// One record of this type (sendmsg(2) with TLS_SET_RECORD_TYPE); only once the kernel has transmit keys.
    void sendRecord(int type, ByteBuffer bytes) throws SystemFailure;

    /// All these bytes of the file (sendfile(2)). A file is opened when it is first named, and stays open until another is named or the
    /// connection is closed. A path, because Java keeps the descriptor of a FileChannel to itself. ENODATA: the file ends before that.
    void sendFile(Path file, long from, long bytes) throws SystemFailure;

    /// TCP_ULP `tls`. ENOENT: the kernel has no TLS, or its module is not loaded and may not be.
    void attachTls() throws SystemFailure;

    /// TLS_TX. ENOENT: the kernel lacks the cipher.
    void transmitWith(RecordKeys keys) throws SystemFailure;

    /// TLS_RX.
    void receiveWith(RecordKeys keys) throws SystemFailure;

    /// TLS_TX_ZEROCOPY_RO: sendfile without a copy. Succeeding proves nothing.
    void zeroCopy() throws SystemFailure;

    /// What sock_diag says of this connection. EPERM and EACCES: the agent lacks CAP_NET_ADMIN, and nothing is known.
    TlsState state() throws SystemFailure;

    /// `transmit`, `receive`: `hw`, `hw-record`, `sw`, `none`, or `unknown` for one that only a newer kernel has; `version`, `cipher`:
    /// empty when the connection has no TLS. The sequence numbers are those of the next records, -1 where the kernel holds no keys.
    record TlsState(String transmit, String receive, String version, String cipher, long transmitted, long received) {}

    /// Segments of this connection that were sent again so far (TCP_INFO tcpi_total_retrans).
    long retransmits() throws SystemFailure;

    /// Ends the sending direction (shutdown(2) SHUT_WR).
    void finish() throws SystemFailure;

    @Override
    void close();
}

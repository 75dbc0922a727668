package dev.bluerig.ktls.agent;

import dev.bluerig.ktls.secure.PairFailed;
import dev.bluerig.ktls.secure.TlsChannel;
import dev.bluerig.protocol.AgentCode;
import java.nio.ByteBuffer;

/// Request/response mode of one worker: an exchange on each of its connections, one after the other.
final class RequestResponseMode {
    private final Workload work;
    private final ConnectionWorker worker;
    private final PayloadSender outgoing;
    private final PayloadReceiver incoming;
    private final ByteBuffer buffer;
    private long count;

    RequestResponseMode(Workload work, ConnectionWorker worker) {
        this.work = work;
        this.worker = worker;
        outgoing = work.outgoing(worker);
        incoming = work.incoming(worker);
        buffer = ByteBuffer.allocateDirect(work.receiveBytes());
    }

    /// The next exchange's greeting, as the client sends it.
    ConnectionPreamble greeting() {
        return new ConnectionPreamble(worker.number(), work.settings().load().bytes() > 0 ? size() < work.settings().load().write()
            || left() == size() : work.timeIsOver(), count);
    }

    private long left() {
        return work.settings().load().share(worker.number()) - count * work.settings().load().write();
    }

    /// Payload of the next exchange, each way.
    private int size() {
        return (int) Math.min(work.settings().load().write(), left());
    }

    /// The client's side, after its greeting. The server closes first, except after the last.
    void ask(TlsChannel channel, ConnectionPreamble greeting) throws PairFailed {
        if (work.settings().sends()) send(channel);
        if (work.settings().receives()) receive(channel);
        else if (!ConnectionPreamble.receive(channel, work.settings().load().connections()).equals(greeting))
            throw new PairFailed(AgentCode.DATA_DIFFERS, "connection " + worker.number() + ": another greeting came back");
        if (!greeting.last() && channel.receive(buffer.clear()) >= 0)
            throw new PairFailed(AgentCode.DATA_DIFFERS, "connection " + worker.number() + ": more payload came than was due");
        count++;
    }

    /// The server's side, after the client's greeting.
    void answer(TlsChannel channel, ConnectionPreamble greeting) throws PairFailed {
        if (greeting.count() != count)
            throw new PairFailed(AgentCode.DATA_DIFFERS, "connection " + worker.number() + ": exchange " + greeting.count()
                + " came, exchange " + count + " was due");
        if (work.settings().receives()) receive(channel);
        if (work.settings().sends()) send(channel);
        else greeting.send(channel);
        if (!greeting.last()) channel.finish();
        count++;
    }

    private void send(TlsChannel channel) throws PairFailed {
        for (int left = size(); left > 0; ) left -= outgoing.write(channel, left);
    }

    private void receive(TlsChannel channel) throws PairFailed {
        for (int left = size(); left > 0; left -= buffer.remaining()) {
            buffer.clear().limit(Math.min(left, buffer.capacity()));
            if (channel.receive(buffer) < 0)
                throw new PairFailed(AgentCode.PEER_STOPPED, "connection " + worker.number() + ": the peer ended " + left
                    + " bytes before the end of an exchange");
            incoming.take(buffer.flip());
        }
    }
}

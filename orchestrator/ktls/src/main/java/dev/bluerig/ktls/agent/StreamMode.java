package dev.bluerig.ktls.agent;

import dev.bluerig.ktls.secure.PairFailed;
import dev.bluerig.ktls.secure.TlsChannel;
import dev.bluerig.protocol.AgentCode;
import dev.bluerig.protocol.AgentSettings;
import java.nio.ByteBuffer;

/// Stream mode over one connection: payload one way or both at once, each way ended by close_notify.
final class StreamMode {
    private final Workload work;
    private final ConnectionWorker worker;
    private final TlsChannel channel;

    StreamMode(Workload work, ConnectionWorker worker, TlsChannel channel) {
        this.work = work;
        this.worker = worker;
        this.channel = channel;
    }

    void run() throws PairFailed, InterruptedException {
        work.awaitFlow();
        AgentSettings settings = work.settings();
        if (settings.sends() && settings.receives()) {
            Thread sender = work.start("send " + worker.number(), this::send);
            receive();
            sender.join();
        } else if (settings.sends()) {
            send();
            receive();
        } else {
            receive();
            channel.finish();
        }
        work.tell(new RunEvent.WorkerDone(worker));
    }

    private void send() throws PairFailed {
        PayloadSender outgoing = work.outgoing(worker);
        long share = work.settings().load().share(worker.number());
        while (outgoing.offset() < share && !work.timeIsOver())
            outgoing.write(channel, (int) Math.min(work.settings().load().write(), share - outgoing.offset()));
        channel.finish();
    }

    /// Up to the peer's close_notify; from who sends nothing, that alone.
    private void receive() throws PairFailed {
        PayloadReceiver incoming = work.incoming(worker);
        ByteBuffer buffer = ByteBuffer.allocateDirect(work.settings().receives() ? work.receiveBytes() : 64);
        while (channel.receive(buffer) >= 0) {
            if (!work.settings().receives())
                throw new PairFailed(AgentCode.DATA_DIFFERS, "connection " + worker.number() + ": payload came where none was due");
            incoming.take(buffer.flip());
            buffer.clear();
        }
        long share = work.settings().receives() && work.settings().load().bytes() > 0 ? work.settings().load().share(worker.number())
            : incoming.offset();
        if (incoming.offset() != share)
            throw new PairFailed(AgentCode.DATA_DIFFERS, "connection " + worker.number() + ": wanted " + share + " bytes of payload, found "
                + incoming.offset());
    }
}

/// The agent itself: one end of the pair, from `hello` to the exit code, by the protocol of
/// `docs/pair-protocol.md` (module `orchestrator/protocol`).
///
/// | type | what it is |
/// |---|---|
/// | `Agent` | one end; has no state outside of itself |
/// | `AgentHost`, `LocalHost` | everything of a machine that the agent touches; the machine this JVM runs on |
/// | `CommandReader`, `EventWriter` | hear the lines that come in, and say events, each on a thread of its own |
/// | `AgentRun`, `RunEvent` | one thread decides; what the others tell it |
/// | `AgentServer`, `AgentClient` | admits connections and turns strangers away; opens connections |
/// | `Workload`, `ConnectionWorker`, `StreamMode`, `RequestResponseMode` | what the threads of a run share; one connection in either mode |
/// | `PayloadSender`, `PayloadReceiver` | how the payload is sent, and how it is compared |
/// | `LeaseKeeper` | holds the lease: its timer, its file, and what is put back at the end |
package dev.bluerig.ktls.agent;

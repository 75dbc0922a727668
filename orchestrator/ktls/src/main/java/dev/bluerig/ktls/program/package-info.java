/// The agent itself: one end of the pair, from `hello` to the exit code, by the protocol of `docs/pair-protocol.md`.
///
/// | type | what it is |
/// |---|---|
/// | `Program` | one end; has no state outside of itself |
/// | `AgentHost`, `LocalHost` | everything of a machine that the agent touches; the machine this JVM runs on |
/// | `Settings`, `AgentCommand` | the lines that come in: the settings first, commands later |
/// | `AgentRun`, `RunEvent` | one thread decides; what the others tell it |
/// | `AgentServer`, `AgentClient` | admits connections and turns strangers away; opens connections |
/// | `Workload`, `ConnectionWorker`, `StreamMode`, `RequestResponseMode` | what the threads of a run share; one connection in either mode |
/// | `PayloadPattern`, `PayloadSender`, `PayloadReceiver` | the bytes that are sent, and how they are compared |
/// | `Lease` | how long the agent goes on unheard, and what it must undo |
package dev.bluerig.ktls.program;

/// Drives the agents of a pair by the protocol of `docs/pair-protocol.md` (module `orchestrator/protocol`), and keeps what they report.
///
/// | type | what it is |
/// |---|---|
/// | `AgentPair` | both agents of one run: start, transfer, state, end |
/// | `AgentProcess` | one of them: listens to it and renews its lease |
/// | `AgentState`, `PairState`, `PairEnd` | how far one agent is, both are, and why they fail: pure, without a thread or a clock |
/// | `SharedState`, `WaitClock`, `DriverTiming` | the state as several threads change it and wait for it; the time they wait by |
/// | `AgentPairSettings`, `AgentEndpoint` | what both ends agree on; where one agent runs |
/// | `AgentReport`, `ConnectionSample`, `TransferTotals` | what one agent reports of a run |
/// | `AgentRuntime`, `ShippedAgent` | who runs in a trial, which a test fakes; the real ones |
/// | `AgentRunFailed`, `FailureCause` | a run that ended early: the cause, and what followed from it |
/// | `ExplainedAgentCode`, `DriverCode` | what the codes of agents mean, and those of whoever drives them |
package dev.bluerig.trial.agent;

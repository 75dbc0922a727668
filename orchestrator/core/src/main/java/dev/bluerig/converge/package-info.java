/// Brings one machine through its tasks: ask, compare, guard, mend, ask again.
///
/// | type | what it is |
/// |---|---|
/// | `Convergence` | the loop; one object per machine and run |
/// | `Outcome`, `SkipReason` | what became of one task on one machine; why one was not tried |
/// | `Mode` | check, apply or accept: what may be done about a difference |
/// | `Guard`, `Permit` | which links must not be cut; whether a saved plan allows a remedy |
/// | `Forecast` | check mode: what would be done before a task's turn comes |
/// | `Backoff` | how long to wait between looks while a remedy settles |
/// | `EngineCode` | why the engine, and not a task's own judgement, ended a task |
package dev.bluerig.converge;

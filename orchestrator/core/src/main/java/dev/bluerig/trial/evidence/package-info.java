/// All that was seen of one run, before anybody judges it.
///
/// | type | what it is |
/// |---|---|
/// | `Evidence` | one run over one cable, with its flip and the traffic of the uplinks; verdicts are made from this alone |
/// | `RunObservation`, `EndObservation` | both ends of one run; one of them before, during and after |
/// | `EndSnapshot` | one end at one moment, asked from outside the agent |
/// | `CounterDelta`, `Readings`, `LinkErrors` | what counters did |
/// | `CaptureResult` | what a capture on the cable showed |
/// | `CaptureSearch`, `KnownPlaintext`, `RecordScanner` | how the payload in clear and TLS records are found in one |
/// | `HostHealth`, `UplinkTraffic` | how a machine fared; what passed an uplink of a DPU |
/// | `WitnessedTraffic` | a user's own traffic, seen from outside |
package dev.bluerig.trial.evidence;

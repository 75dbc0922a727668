/// What a trial is asked to do and to show, before anything runs; pure.
///
/// | type | what it is |
/// |---|---|
/// | `Trial` | a trial as written in a playbook |
/// | `PairTrial` | the trial made ready for one pair; nothing in it can be wrong any more |
/// | `Load`, `Matrix` | what the pair does in one run; the axes of which every combination is run |
/// | `Expect`, `EndDemands`, `Thresholds` | what must be shown, what that demands of one end, where the witnesses draw their lines |
/// | `CablePath` | one cable as it is today: netdevs at its ends, DPUs on the way |
/// | `Direction`, `Role` | what one end sends or receives; server or client |
/// | `TlsPlacement` | where records were encrypted or decrypted |
/// | `Cipher`, `TlsVersion`, `ByteCount`, `Cores`, `PortRange` | values as people write them |
package dev.bluerig.trial.spec;

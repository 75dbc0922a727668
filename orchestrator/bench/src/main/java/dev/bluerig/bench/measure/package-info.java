/// What a command cost in time.
///
/// | type | what it is |
/// |---|---|
/// | `TimedCommand` | a command that ended: seconds elapsed, seconds of CPU, what it printed |
package dev.bluerig.bench.measure;

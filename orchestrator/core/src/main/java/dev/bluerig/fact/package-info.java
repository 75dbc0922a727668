/// What a fact is: a question to a machine with the parser of its answer; pure, and never a change.
///
/// | type | what it is |
/// |---|---|
/// | `Fact` | something that can be seen; `Fact.Question` is a leaf, equal ones are asked once |
/// | `Reading` | known, unknown with the reason, or *ask these commands, then look* |
/// | `Facts` | what was seen on one machine, asked in waves |
/// | `Effect` | what a change can bring about, as far as other questions depend on it |
/// | `ToolJson`, `ToolReplies`, `SafeValues`, `Numerals` | output of tools, read without trust |
///
/// The rooms below this name hold the questions by subject: `system`, `card`, `ovs`, `link`, `tls`, `boot`. A question is a record
/// named `Seen`, nested in what it yields.
package dev.bluerig.fact;

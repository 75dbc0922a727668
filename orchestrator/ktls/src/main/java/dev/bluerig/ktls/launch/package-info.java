/// Where the agent starts on a host: joins the program to Linux.
///
/// | type | what it is |
/// |---|---|
/// | `AgentMain` | the process that bluerig starts on a host |
package dev.bluerig.ktls.launch;

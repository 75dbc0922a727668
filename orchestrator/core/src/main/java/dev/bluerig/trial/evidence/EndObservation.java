package dev.bluerig.trial.evidence;

import dev.bluerig.trial.agent.AgentReport;

/// One end of one run. `link` is the netdev of the tested port; `kernel` the release (`uname -r`).
///
/// `before` has no connection of ours yet, `during` has all of them open and the payload through, `after` none any more.
public record EndObservation(String machine, String link, String kernel, EndSnapshot before, EndSnapshot during, EndSnapshot after,
    AgentReport pair) {}

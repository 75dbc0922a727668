package dev.bluerig.trial;

/// One end of one run. `link` is the netdev of the tested port; `kernel` the release (`uname -r`).
///
/// `before` has no connection of ours yet, `during` has all of them open and the payload through, `after` none any more.
public record End(String machine, String link, String kernel, Snapshot before, Snapshot during, Snapshot after, PairReport pair) {}

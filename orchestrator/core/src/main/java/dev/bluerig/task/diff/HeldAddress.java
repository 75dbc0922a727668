package dev.bluerig.task.diff;

import dev.bluerig.inventory.LinkName;

/// An IP address, without its prefix length, that a link has.
public record HeldAddress(LinkName link, String address) {}

package dev.bluerig.cli;

import picocli.CommandLine;

/// The playbook that a command runs when none is named.
final class DefaultPlaybook implements CommandLine.IDefaultValueProvider {
    /// Null, as picocli wants it, leaves every other option its own default.
    @Override
    public String defaultValue(CommandLine.Model.ArgSpec argument) {
        if (!argument.isPositional()) return null;
        return argument.command().name().equals("accept") ? "acceptance" : "bring-up";
    }
}

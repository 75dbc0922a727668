package dev.bluerig.task;

import dev.bluerig.inventory.Inventory;
import dev.bluerig.inventory.Machine;

/// The machine a task is for, within its inventory.
public record MachineContext(Machine machine, Inventory inventory) {}

package dev.bluerig.task;

/// What is written in a playbook, before it is known on which machine. Most tasks are their own wish; one that needs
/// the inventory (the peer of a cable, the cards of a host) is a wish that becomes a task on a site.
public interface TaskSpec {
    Task<?> on(MachineContext site);
}

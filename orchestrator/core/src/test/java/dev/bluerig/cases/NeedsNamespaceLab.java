package dev.bluerig.cases;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Tests on a namespace lab, with all that makes one and all that is looked at in it. They mostly wait for leases, programs and links: so
/// these run beside the others, but one class of them at a time, and its tests in their order (a lock's holder runs its tests on one
/// thread).
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
@NeedsLab(value = {"ip", "unshare", "nsenter", "setsid", "sshd", "ssh", "ssh-keygen", "ethtool", "sudo", "arping", "ping", "pgrep",
    "busybox", "systemctl", "ovs-vswitchd", "ovs-vsctl", "tcpdump", "bash"}, root = true)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("namespace lab")
public @interface NeedsNamespaceLab {}

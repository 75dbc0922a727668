package dev.bluerig.cases;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/// Tests in a guest under QEMU, with all that makes and boots one. They keep the processors busy for minutes, and other tests mostly wait:
/// so these run beside the others, but one class of them at a time, and its tests in their order (a lock's holder runs its tests on one
/// thread).
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@NeedsLab(value = {"qemu-system-x86_64", "mke2fs", "debootstrap", "depmod", "gcc", "make", "xz", "gpgv", "apt-get", "apt-cache",
    "dpkg-deb", "setsid", "unshare", "ssh", "ssh-keygen", "scp"}, root = true)
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("guest")
public @interface NeedsGuest {}

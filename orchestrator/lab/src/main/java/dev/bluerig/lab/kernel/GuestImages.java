package dev.bluerig.lab.kernel;

import dev.bluerig.lab.machine.LabFailed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.SortedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What every guest is started from, ready in the cache.
///
/// - `kernel`: Debian's, as QEMU boots it; `initrd`: the first file system; `root`: the read-only disk; `nic`: our module, which goes to
///   the lab's own disk.
record GuestImages(String release, Path kernel, Path initrd, Path root, Path nic) {
    /// Takes from the cache what is there and makes what is not; the first time takes minutes.
    static GuestImages ready(ImageCache cache, LabProgress progress) throws LabFailed {
        try (ImageCache.Lock _ = cache.lock(progress)) {
            GuestImages images = new ImageBuild(cache, progress).images();
            cache.clearUnfinished();   // the scripts of the steps
            cache.clearUnused(Instant.now());
            return images;
        } catch (IOException unusable) {
            throw new LabFailed("cannot use the cache " + cache.directory(), unusable);
        }
    }

    /// One pass through all steps, by who holds the lock.
    private record ImageBuild(ImageCache cache, LabProgress progress) {
        GuestImages images() throws IOException, LabFailed {
            SortedMap<String, String> sources = LabResources.texts("nic", "main.c");
            KernelLabRequirements.toMake(cache.directory(), rootIsThere(), cache.has(SystemTree.NAME, SystemTree.fingerprint()),
                nicIsThere(sources));
            KernelPackages kernel;
            Path tree = cache.place(SystemTree.NAME, SystemTree.fingerprint());
            try (ExecutorService beside = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<Path> user = beside.submit(() -> rootIsThere() ? tree : system());
                kernel = new KernelPackages(packages());
                await(user);
            }
            Path root = cache.get(RootImage.NAME, RootImage.fingerprint(kernel, SystemTree.fingerprint()),
                file -> step("root image", "mke2fs", tool -> RootImage.make(file, kernel, tree, script("root", RootImage.script()), tool)));
            Path initrd = cache.get(Initrd.NAME, Initrd.fingerprint(kernel), file -> Initrd.make(file, kernel));
            Path nic = cache.get(NicModule.NAME, NicModule.fingerprint(kernel, sources),
                file -> step("NIC module", "make", tool -> NicModule.make(file, kernel, sources, tool)));
            return new GuestImages(kernel.release(), kernel.vmlinux(), initrd, root, nic);
        }

        private boolean nicIsThere(SortedMap<String, String> sources) throws IOException {
            return kernelIsThere()
                && cache.has(NicModule.NAME,
                NicModule.fingerprint(new KernelPackages(cache.place(KernelPackages.NAME, KernelPackages.fingerprint())), sources));
        }

        private boolean kernelIsThere() {
            return cache.has(KernelPackages.NAME, KernelPackages.fingerprint());
        }

        private boolean rootIsThere() throws IOException {
            return kernelIsThere()
                && cache.has(RootImage.NAME,
                RootImage.fingerprint(new KernelPackages(cache.place(KernelPackages.NAME, KernelPackages.fingerprint())),
                SystemTree.fingerprint()));
        }

        private Path packages() throws LabFailed {
            return cache.get(KernelPackages.NAME, KernelPackages.fingerprint(),
                directory -> step("kernel", "80 MB from " + Mirror.ofThisMachine().main(),
                tool -> KernelPackages.make(directory, Mirror.ofThisMachine(), tool)));
        }

        private Path system() throws LabFailed {
            return cache.get(SystemTree.NAME, SystemTree.fingerprint(),
                tree -> step("user space", "debootstrap " + SystemTree.SUITE + " from " + Mirror.ofThisMachine().main(),
                tool -> SystemTree.make(tree, Mirror.ofThisMachine(), script("system", SystemTree.script()), tool)));
        }

        private interface Step {
            void make(HostTool tool) throws IOException, LabFailed;
        }

        private void step(String what, String how, Step step) throws IOException, LabFailed {
            progress.say(what + ": " + how);
            long start = System.nanoTime();
            Path log = cache.log(what.replace(' ', '-'));
            Files.deleteIfExists(log);
            step.make(HostTool.logging(log, progress));
            progress.say(what + ": done after " + (System.nanoTime() - start + 500_000_000) / 1_000_000_000 + " s");
        }

        private Path script(String name, String text) throws IOException {
            Path file = cache.directory().resolve(ImageCache.UNFINISHED + "script-" + name);
            Files.writeString(file, text);
            return file;
        }

        private static void await(Future<Path> user) throws LabFailed {
            try {
                user.get();
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof LabFailed reason) throw reason;
                throw new IllegalStateException(failed.getCause());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new LabFailed("interrupted while the user space was made", stopped);
            }
        }
    }
}

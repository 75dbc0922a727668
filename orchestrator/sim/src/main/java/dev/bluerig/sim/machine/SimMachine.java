package dev.bluerig.sim.machine;

import dev.bluerig.inventory.Cidr;
import dev.bluerig.sim.net.LinkFeatures;
import dev.bluerig.sim.net.SimLink;
import dev.bluerig.sim.net.SimLinks;
import dev.bluerig.sim.ovs.OpenVSwitch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// One simulated computer, host or DPU: all of its state, which the programs in `tool` read and change.
public final class SimMachine {
    public enum Kind { HOST, DPU }

    private static final Set<String> UNCOUNTED =
        Set.of("sh", "bash", "dash", "sudo", "timeout", "env", "printf", "echo", "test", "[", "true", "false", "kill", "pwd");

    /// Process of somebody else.
    private static final int FOREIGN = 977;

    private final String name;
    private final Kind kind;
    private final InstalledImage image;
    private final SimCard card;
    private final SimWorld world;
    private final SimLinks links;
    private final FileTree files;
    private final ProcessTable processes = new ProcessTable();
    private final SimServices services;
    private final OpenVSwitch ovs;
    private final Accounts accounts;
    private final Set<String> modules = ConcurrentHashMap.newKeySet();
    private final Map<String, String> packages;
    private final List<String> unknown = new CopyOnWriteArrayList<>();
    private final MachineFaults faults = new MachineFaults();
    private final TlsFaults tlsFaults = new TlsFaults();
    private final NetNamespace namespace = new NetNamespace();
    private final NetNamespace otherNamespace = new NetNamespace();
    private final SimKernelLog log = new SimKernelLog(this::uptime);
    private final AtomicInteger commands = new AtomicInteger();
    private final long booted = System.nanoTime();
    private volatile boolean mstStarted;

    SimMachine(String name, Kind kind, int number, InstalledImage image, SimCard card, Accounts accounts, SimWorld world) {
        this.name = name;
        this.kind = kind;
        this.image = image;
        this.card = card;
        this.accounts = accounts;
        this.world = world;
        this.links = new SimLinks(number);
        this.packages = new ConcurrentHashMap<>(image.packages());
        this.services = new SimServices(this::serviceChanged);
        this.files = new FileTree(new ProcFiles(this)::now);
        this.ovs = new OpenVSwitch(links, () -> services.find("openvswitch-switch.service").filter(SimServices.Unit::active).isPresent());
    }

    private void serviceChanged(String unit, boolean started) {
        if (unit.equals("openvswitch-switch.service") && started) ovs.started();
        if (unit.equals("rshim.service")) tmfifo(started);
    }

    /// rshim brings the link to the DPU; without the service there is none.
    private void tmfifo(boolean there) {
        if (kind != Kind.HOST) return;
        if (!there) links.remove("tmfifo_net0");
        else if (links.find("tmfifo_net0").isEmpty())
            links.add("tmfifo_net0", SimLink.Kind.TMFIFO, Optional.empty(), -1, 1500, 1500, LinkFeatures.plain());
    }

    public String name() {
        return name;
    }

    public Kind kind() {
        return kind;
    }

    public InstalledImage image() {
        return image;
    }

    public SimCard card() {
        return card;
    }

    public SimWorld world() {
        return world;
    }

    public SimLinks links() {
        return links;
    }

    public FileTree files() {
        return files;
    }

    public ProcessTable processes() {
        return processes;
    }

    public SimServices services() {
        return services;
    }

    public OpenVSwitch ovs() {
        return ovs;
    }

    public Accounts accounts() {
        return accounts;
    }

    /// Loaded kernel modules.
    public Set<String> modules() {
        return modules;
    }

    public Map<String, String> packages() {
        return packages;
    }

    public MachineFaults faults() {
        return faults;
    }

    public TlsFaults tlsFaults() {
        return tlsFaults;
    }

    /// The network namespace of every login.
    public NetNamespace namespace() {
        return namespace;
    }

    /// Where the connections of a delivered program live.
    public NetNamespace programNamespace() {
        return tlsFaults.has(TlsFault.OTHER_NAMESPACE) ? otherNamespace : namespace;
    }

    /// Of a machine that only pretends to be this one.
    public NetNamespace strangeNamespace() {
        return otherNamespace;
    }

    /// Sockets of the login's namespace; those of a foreign process, too.
    public List<TcpSocket> sockets() {
        var all = new ArrayList<>(namespace.sockets());
        tlsFaults.foreign().ifPresent(process -> {
            var tls = new TcpSocket.Tls("1.2", "aes-gcm-128", "hw", "hw");
            String own = port(0).addresses().stream().findFirst().map(Cidr::address).orElse("0.0.0.0");
            all.add(new TcpSocket(TcpSocket.State.ESTAB, own + ":443", "203.0.113.9:50122", process, FOREIGN, Optional.of(tls)));
        });
        return all;
    }

    public SimKernelLog log() {
        return log;
    }

    /// Whether `tls` could be loaded: it was built, and its package is installed.
    public boolean offersTls() {
        return !tlsFaults.has(TlsFault.NO_TLS_KERNEL) && !tlsFaults.has(TlsFault.NO_TLS_MODULE);
    }

    /// `ethtool -K` of a feature that is not fixed. Without RX offload mlx5 removes its steering rules: open connections are not decrypted
    /// in the card any more, though their state stays `hw` (mlx5 en_accel/ktls.c, mlx5e_ktls_set_feature_rx).
    public void turn(SimLink link, String feature, boolean on) {
        link.features().turn(feature, on);
        if (feature.equals("tls-hw-rx-offload") && !on) link.stopReceiving();
    }

    /// The host's port of this number.
    public SimLink port(int number) {
        return links.all().stream().filter(link -> link.kind() == SimLink.Kind.PORT && link.port() == number).findFirst()
            .orElseThrow(() -> new IllegalArgumentException(name + " has no port " + number));
    }

    /// Ends everything that was struck after the machine was made; the card stays as it is.
    public void heal() {
        faults.heal();
        tlsFaults.heal();
        files.makeRoom();
        services.heal();
        accounts.heal();
    }

    public Duration uptime() {
        return Duration.ofNanos(System.nanoTime() - booted);
    }

    public boolean isMstStarted() {
        return mstStarted;
    }

    public void startMst(boolean started) {
        mstStarted = started;
    }

    /// PCI slot of the card as this side sees it.
    public String slot() {
        return kind == Kind.HOST ? card.hostSlot() : card.armSlot();
    }

    public boolean has(String program) {
        return !image.absent().contains(program) && !faults.isMissing(program);
    }

    /// Told of every program that starts; here faults strike. What only starts other programs is not counted, nor what a shell does itself.
    public void started(List<String> words, SimProcess process) {
        String program = FileTree.name(words.getFirst());
        if (!UNCOUNTED.contains(program)) faults.strike(commands.incrementAndGet(), program, words, process);
    }

    /// Commands started so far.
    public int commands() {
        return commands.get();
    }

    public void unknown(String command) {
        unknown.add(command);
    }

    /// Commands that this lab does not model; a test that saw one proves nothing.
    public List<String> unknownCommands() {
        return List.copyOf(unknown);
    }

    /// Whether somebody on this machine could send to the address now through some link of its own.
    public Optional<SimLink> linkTowards(String address) {
        return links.all().stream().filter(SimLink::isUp)
            .filter(link -> link.addresses().stream()
            .anyMatch(own -> own.overlaps(new Cidr(address + (address.contains(":") ? "/128" : "/32")))))
            .findFirst();
    }
}

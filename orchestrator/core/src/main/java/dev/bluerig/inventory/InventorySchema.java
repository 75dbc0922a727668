package dev.bluerig.inventory;

import dev.bluerig.source.Described;
import dev.bluerig.source.Tree;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The inventory as people write it; `explain inventory` prints these records.
final class InventorySchema {
    private InventorySchema() {}

    /// The same before its parts are bound one by one, so that one wrong part hides no other.
    record Sections(Optional<MachineName> lab, @Described(value = "variables", absent = "{}") Tree vars,
        @Described(value = "groups", absent = "{}") Tree groups,
                    @Described("hosts and DPUs by name") Tree machines, @Described(value = "pairs", absent = "{}") Tree pairs) {}

    @Described(value = "What the test-bed is: machines, the groups they are in, and how they are cabled.",
        example = "machines: {host-a: {kind: host, address: 10.0.0.11}}")
    record Inventory(
        @Described("The name of the lab that wrote the file; absent for real hardware. Every report shows it.") Optional<MachineName> lab,
        @Described(value = "Variables of every machine.", example = "{mtu: 9000}", absent = "{}") Map<String, Object> vars,
        @Described(value = "What machines have in common.", example = "{hosts: {ssh: {user: lab}}}", absent = "{}") Map<String,
        Group> groups,
        @Described(value = "Hosts and DPUs by name; a name may be a range.",
        example = "host-[001:200]: {kind: host, address: 10.0.0.[11:210]}") Map<String, Entry> machines,
        @Described(value = "Hosts whose DPUs are cabled back to back, by name; a name may be a range.", absent = "{}") Map<String,
        PairEntry> pairs) {}

    @Described("What the machines of a group have in common. Variables merge from the outermost group inwards, then the machine's own.")
    record Group(
        @Described(value = "Groups that this group is in.", example = "[lab-1]", absent = "[]") List<String> groups,
        @Described(value = "How to log in.", absent = "{}") Login ssh,
        @Described("The mode its DPUs shall be in.") Optional<DpuMode> mode,
        @Described(value = "Variables of its machines.", absent = "{}") Map<String, Object> vars) {}

    @Described("""
        A host or a DPU. In a range, `[1:200]` in any text counts on in step with the name, and a text may be a template that sees \
        the variables, `name`, `number` (1), `digits` (001) and `index` (0).""")
    record Entry(
        @Described(value = "What it is.", example = "host") Machine.Kind kind,
        @Described(value = "Groups it is in; a later one wins.", example = "[hosts]", absent = "[]") List<String> groups,
        @Described(value = "Host name or IP address to dial; a DPU has either this or `via`.",
        example = "10.0.0.11") Optional<DialAddress> address,
        @Described(value = "The tested ports of a host, in order.", absent = "[]") List<PortEntry> ports,
        @Described(value = "The host that a DPU is in.", example = "host-a") Optional<String> host,
        @Described(value = "The DPU's PCI slot in its host.", example = "0000:b1:00") Optional<CardSlot> card,
        @Described(value = "The way to a DPU through its host.",
        example = "{link: tmfifo_net0, near: 192.168.100.1/30, far: 192.168.100.2}") Optional<ViaEntry> via,
        @Described(value = "How to log in; what is absent here comes from its groups, then from ~/.ssh/config.", absent = "{}") Login ssh,
        @Described("The mode that a DPU shall be in.") Optional<DpuMode> mode,
        @Described(value = "Its own variables.", absent = "{}") Map<String, Object> vars) {}

    @Described("A port of a host.")
    record PortEntry(
        @Described(value = "Its PCI address; the netdev name is a fact.", example = "0000:b1:00.0") PciAddress pci,
        @Described(value = "Its address and prefix.", example = "192.0.2.1/30") Optional<Cidr> address,
        @Described(value = "The bridge or bond that the port is part of, if it is part of one: the address belongs there. Ports of one"
        + " bond may share its address.", example = "bond0") Optional<LinkName> on) {
        PortEntry {
            on.ifPresent(LinkName::written);
        }
    }

    @Described("The way to a DPU through its host.")
    record ViaEntry(
        @Described(value = "The host's link: that of rshim, or the bridge that such links are ports of, which several DPUs may share.",
        example = "tmfifo_net0") LinkName link,
        @Described(value = "The host's address on it.", example = "192.168.100.1/30") Cidr near,
        @Described(value = "The DPU's address.", example = "192.168.100.2") DialAddress far) {
        ViaEntry {
            link.written();
        }
    }

    @Described("How to log in. Secrets are written as {env: NAME} or {file: PATH}, never as text.")
    record Login(
        @Described(value = "Login name.", example = "lab") Optional<UserName> user,
        @Described(value = "SSH port.", example = "22") Optional<SshPort> port,
        @Described(value = "Private key file; ~ is your home, a relative path begins at the inventory.",
        example = "~/.ssh/lab") Optional<String> identity,
        @Described(value = "Passphrase of the key file.", example = "{env: LAB_PASSPHRASE}") Optional<Tree> passphrase,
        @Described(value = "Login password.", example = "{file: lab.password}") Optional<Tree> password,
        @Described(value = "How to become root.", example = "passwordless") Optional<Ssh.Sudo> sudo,
        @Described(value = "Password for sudo; absent: the login password.", example = "{env: LAB_SUDO}") Optional<Tree> sudoPassword) {}

    @Described("Two hosts whose DPUs are cabled back to back.")
    record PairEntry(
        @Described(value = "Its two hosts.", example = "[host-a, host-b]") List<String> ends,
        @Described(value = "Per cable: port of the first host, port of the second, counted from 0.",
        example = "[[0, 0], [1, 1]]") List<List<Integer>> cables) {}
}

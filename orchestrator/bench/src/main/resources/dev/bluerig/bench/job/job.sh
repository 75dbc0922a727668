# What a careful person would write: look, change only what differs, look again. Read by `sudo -n sh -s -- KIND ADDRESS0 ADDRESS1`.
set -eu
changed=0
has() { case $1 in *"$2"*) ;; *) return 1 ;; esac; }

is_right() { # is_right LINK ADDRESS, leaves what it saw in $now
    now=$(ip -j address show dev "$1")
    has "$now" '"mtu":9000,' && has "$now" ',"UP"' && has "$now" "\"local\":\"${2%/*}\",\"prefixlen\":${2#*/},"
}

link() { # link LINK ADDRESS
    if is_right "$1" "$2"; then return; fi
    changed=1
    has "$now" '"mtu":9000,' || ip link set dev "$1" mtu 9000
    has "$now" ',"UP"' || ip link set dev "$1" up
    if ! has "$now" "\"local\":\"${2%/*}\",\"prefixlen\":${2#*/},"; then
        arping -q -D -c 2 -w 2 -I "$1" "${2%/*}"
        ip address replace "$2" dev "$1"
    fi
    is_right "$1" "$2"
}

are_on() { # are_on LINK
    now=$(ethtool -k "$1")
    has "$now" 'tls-hw-tx-offload: on' && has "$now" 'tls-hw-rx-offload: on'
}

flags() { # flags LINK
    if are_on "$1"; then return; fi
    changed=1
    ethtool -K "$1" tls-hw-tx-offload on tls-hw-rx-offload on
    are_on "$1"
}

holds() { # holds PATH MODE TEXT
    [ "$(stat -c %a "$1" 2>/dev/null)" = "$2" ] && printf '%s\n' "$3" | cmp -s - "$1"
}

file() { # file PATH MODE TEXT
    if holds "$@"; then return; fi
    changed=1
    printf '%s\n' "$3" | install -m "$2" /dev/stdin "$1.new"
    mv -f "$1.new" "$1"
    holds "$@"
}

at_boot() { # at_boot LINK ADDRESS
    file "/etc/netplan/60-bluerig-$1.yaml" 600 "# Written by bluerig, which overwrites changes.
network:
  version: 2
  ethernets:
    \"$1\":
      renderer: networkd
      optional: true
      addresses: [\"$2\"]
      mtu: 9000"
}

card_is_right() { # card_is_right PCI-ADDRESS
    has "$(mlxfwmanager --query -d "$1")" "Crypto Enabled"
    now=$(mlxconfig -d "$1" -e q)
    for setting in INTERNAL_CPU_OFFLOAD_ENGINE:'ENABLED(0)' LINK_TYPE_P1:'ETH(2)' LINK_TYPE_P2:'ETH(2)'; do
        line=${now##*" ${setting%%:*} "}
        has "${line%%"
"*}" " ${setting#*:} "
    done
    ! has "$now" "
*"
}

loaded() { has "$(lsmod)" "
$1 "; }

module() { # module NAME
    file /etc/modules-load.d/bluerig.conf 644 "# Modules that bluerig keeps loaded, see modules-load.d(5)
$1"
    if loaded "$1"; then return; fi
    changed=1
    modprobe "$1"
    loaded "$1"
}

offloads() { # Open vSwitch was told to hand flows to the card, and was restarted since
    [ "$(ovs-vsctl --timeout=10 --if-exists get open_vswitch . other_config:hw-offload)" = '"true"' ] \
        && has "$(ovs-appctl --timeout=5 upcall/show)" "offloaded flows"
}

offload() {
    if offloads; then return; fi
    changed=1
    ovs-vsctl --timeout=10 --no-wait set open_vswitch . other_config:hw-offload=true
    systemctl restart openvswitch-switch
    offloads
}

joins() { # joins BRIDGE PORT...
    now=" $(ovs-vsctl --timeout=10 list-ports "$1" | tr '\n' ' ')"
    shift
    for port; do has "$now" " $port " || return 1; done
}

bridges() { # both at once, the sub-functions move along
    now=" $(ovs-vsctl --timeout=10 list-br | tr '\n' ' ')"
    if has "$now" " ovs-br0 " && has "$now" " ovs-br1 " && joins ovs-br0 p0 pf0hpf && joins ovs-br1 p1 pf1hpf; then return; fi
    changed=1
    ovs-vsctl --timeout=60 -- --if-exists del-br ovsbr1 -- --if-exists del-br ovsbr2 \
        -- add-br ovs-br0 -- set bridge ovs-br0 datapath_type=netdev \
        -- add-port ovs-br0 p0 -- add-port ovs-br0 pf0hpf -- add-port ovs-br0 en3f0pf0sf0 \
        -- add-br ovs-br1 -- set bridge ovs-br1 datapath_type=netdev \
        -- add-port ovs-br1 p1 -- add-port ovs-br1 pf1hpf -- add-port ovs-br1 en3f1pf1sf0
    joins ovs-br0 p0 pf0hpf && joins ovs-br1 p1 pf1hpf
}

uplink() { # uplink LINK
    now=$(ip -j link show dev "$1")
    if ! has "$now" '"mtu":9216,' || ! has "$now" ',"UP"'; then
        changed=1
        ip link set dev "$1" mtu 9216 up
        now=$(ip -j link show dev "$1")
        has "$now" '"mtu":9216,' && has "$now" ',"UP"'
    fi
    file "/etc/netplan/60-bluerig-$1.yaml" 600 "# Written by bluerig, which overwrites changes.
network:
  version: 2
  ethernets:
    \"$1\":
      renderer: networkd
      optional: true
      dhcp4: false
      dhcp6: false
      accept-ra: false
      mtu: 9216"
}

release=$(uname -r)
[ "${release%%.*}" -ge 4 ]
case $1 in
    host)
        card_is_right 0000:b1:00.0
        [ "$(grep -c -x -E 'CONFIG_TLS_DEVICE=y|CONFIG_MLX5_EN_TLS=y' "/boot/config-$release")" = 2 ]
        module tls
        link ens5f0np0 "$2"
        link ens5f1np1 "$3"
        at_boot ens5f0np0 "$2"
        at_boot ens5f1np1 "$3"
        flags ens5f0np0
        flags ens5f1np1
        ;;
    dpu)
        card_is_right 0000:03:00.0
        offload
        bridges
        for each in p0 pf0hpf p1 pf1hpf; do uplink $each; done
        ;;
esac
echo "changed=$changed"

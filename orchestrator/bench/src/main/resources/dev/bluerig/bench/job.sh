# What a careful person would write: look, change only what differs, look again. Read by `sudo -n sh -s -- ADDRESS0 ADDRESS1`.
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

release=$(uname -r)
[ "${release%%.*}" -ge 4 ]
link ens5f0np0 "$1"
link ens5f1np1 "$2"
at_boot ens5f0np0 "$1"
at_boot ens5f1np1 "$2"
flags ens5f0np0
flags ens5f1np1
file /etc/bluerig-bench.conf 644 "a machine of the bench"
echo "changed=$changed"

#!/bin/bash
# Holds bluerig_nic to what a NIC does. Runs as root in a guest of the kernel lab that has the module loaded:
#   cases.sh KTLS [CASE...]
# KTLS is the program of ktls.c. Two namespaces, nic-a and nic-b, are back to back: the device `port` over a veth link.
# One line a case: `ok CASE what was seen` or `FAILED CASE why`. Exit 0 if all were right, 1 if not.
set -u
KTLS=$(realpath "$1"); shift
PARAMETERS=/sys/module/bluerig_nic/parameters
SIZE=2000000            # bytes each way of a connection
LONG=5000000            # where a share is judged: one frame of 31 KiB, with the rest of a record that had begun before the device knew of the connection, goes up as it came
work=$(mktemp -d); cd "$work" || exit 1
port=20000
failed=0
[ -e /dev/fd ] || ln -s /proc/self/fd /dev/fd

in_a() { nsenter --net=/run/netns/nic-a "$@"; }
in_b() { nsenter --net=/run/netns/nic-b "$@"; }

wire() {
	local end
	ip netns add nic-a; ip netns add nic-b
	ip link add wire netns nic-a type veth peer name wire netns nic-b
	for end in a b; do
		ip -n nic-$end link set lo up
		ip -n nic-$end link set wire addrgenmode none
	done
	devices
}

devices() {
	local end
	for end in a b; do
		ip -n nic-$end link add link wire name port address 02:00:00:00:00:0$end type bluerig || return 1
		# stay when the link goes down and up
		ip netns exec nic-$end sysctl -qw net.ipv6.conf.all.keep_addr_on_down=1 net.ipv6.conf.port.keep_addr_on_down=1 net.ipv4.tcp_early_retrans=0
		# one flow, one processor: veth would reorder what two processors send
		ip netns exec nic-$end sh -c 'for queue in /sys/class/net/wire/queues/rx-*/rps_cpus; do echo 3 > $queue; done'
		ip -n nic-$end link set port up
		in_$end ethtool -K port tls-hw-rx-offload on
	done
	ip -n nic-a addr add 192.0.2.1/24 dev port; ip -n nic-b addr add 192.0.2.2/24 dev port
	ip -n nic-a addr add 2001:db8::1/64 dev port nodad; ip -n nic-b addr add 2001:db8::2/64 dev port nodad
}

unwire() {
	ip netns del nic-a 2>/dev/null; ip netns del nic-b 2>/dev/null
}

set_parameter() { echo "$2" > "$PARAMETERS/$1"; }

# rise NAMESPACE-LETTER COUNTER: by how much since `mark`
mark() { in_a ethtool -S port > before.a; in_b ethtool -S port > before.b; tls_stat a > stat.a; tls_stat b > stat.b; }
tls_stat() { in_$1 cat /proc/net/tls_stat; }
counter() { awk -v name="$2:" '$1 == name { print $2 }' "$1"; }
rise() { in_$1 ethtool -S port > after; echo $(( $(counter after "$2") - $(counter before.$1 "$2") )); }
stat_rise() { tls_stat "$1" > after; echo $(( $(awk -v n="$2" '$1 == n { print $2 }' after) - $(awk -v n="$2" '$1 == n { print $2 }' stat.$1) )); }

# carry CONNECTIONS BYTES CIPHER FAMILY [QUEUED]: both ways between a and b; what the ends said is in out.a and out.b
start() {
	local address=192.0.2.1
	[ "$4" = 6 ] && address=2001:db8::1
	port=$((port + 1))
	in_a "$KTLS" listen $address $port "$1" "$2" "$3" ${5:-} > out.a 2>&1 & server=$!
	in_b "$KTLS" connect $address $port "$1" "$2" "$3" > out.b 2>&1 & client=$!
}
finish() {
	local ends=0
	wait $server || ends=1
	wait $client || ends=1
	return $ends
}
carry() { start "$@"; finish; }

# share of the stream's bytes that the device of this end decrypted, in 1/10 %
share() {
	local headers=66; [ "${2:-4}" = 6 ] && headers=86
	local seen=$(rise $1 model_rx_flow_bytes)
	[ "$seen" -gt 0 ] || { echo 0; return; }
	echo $(( ($(rise $1 rx_tls_decrypted_bytes) - headers * $(rise $1 rx_tls_decrypted_packets)) * 1000 / seen ))
}

took() { echo $(( $(date +%s%N) / 1000000 - began )) ms; }
say() { echo "ok $name ($(took)) $*"; }
fail() { echo "FAILED $name ($(took)) $* | $(cat out.a out.b 2>/dev/null | tr '\n' ';')"; failed=1; }

# until COMMAND...: at most 60 s
until_true() { local turn; for turn in $(seq 600); do "$@" && return 0; sleep 0.1; done; return 1; }
# the kernel tells of a lost carrier a moment later (its linkwatch)
carrier() { [ "$(ip netns exec nic-$1 cat /sys/class/net/port/carrier)" = "$2" ]; }
carried() { [ "$(rise $1 tx_tls_encrypted_bytes)" -ge "$2" ]; }

# everything by hardware, as a trial demands it
proven() {
	local family=$1 least=$2 end state errors
	finish || { fail "data did not pass"; return; }
	for end in a b; do
		[ "$(stat_rise $end TlsTxSw)$(stat_rise $end TlsRxSw)" = 00 ] || { fail "$end: a connection in software"; return; }
		errors=0
		for state in rx_tls_err rx_tls_resync_req_skip rx_tls_resync_res_skip tx_tls_drop_no_sync_data tx_tls_drop_bypass_req; do
			errors=$((errors + $(rise $end $state)))
		done
		[ "$errors" = 0 ] && [ "$(stat_rise $end TlsDecryptError)" = 0 ] || { fail "$end: $errors errors"; return; }
		[ "$(share $end $family)" -ge "$least" ] || {
			fail "$end decrypted $(share $end $family) of 1000: $(rise $end model_rx_lost) times lost, $(rise $end model_rx_waiting_bytes) waiting, $(rise $end model_rx_queued_bytes) queued, $(rise $end rx_tls_resync_req_pkt) asked"
			return
		}
	done
	say "decrypted $(share a $family) and $(share b $family) of 1000, out of order $(rise a tx_tls_ooo) and $(rise b tx_tls_ooo)"
}

case_aes128_ipv4() { mark; start 2 $LONG 128 4; proven 4 990; }
case_aes256_ipv4() { mark; start 1 $LONG 256 4; proven 4 990; }
case_aes128_ipv6() { mark; start 1 $LONG 128 6; proven 6 990; }
case_aes256_ipv6() { mark; start 1 $LONG 256 6; proven 6 990; }
# most of a small stream is in the socket before TLS_RX: the rest must be decrypted all the same
case_late_receiver() {
	mark; start 1 $SIZE 128 4 60000
	finish || { fail "data did not pass"; return; }
	local queued=$(rise a model_rx_queued_bytes) missing
	missing=$(( $(rise a rx_tls_ctx) + SIZE - $(rise a rx_tls_decrypted_bytes) + 66 * $(rise a rx_tls_decrypted_packets) ))
	[ "$queued" -ge 60000 ] && [ $missing -le $((queued + 2 * 16384)) ] && [ "$(rise a rx_tls_resync_req_pkt)" = 0 ] \
		&& say "$queued bytes were queued, $missing not decrypted, no resync" || fail "$queued bytes were queued, $missing not decrypted, $(rise a rx_tls_resync_req_pkt) resyncs"
}

case_device() {
	local driver speed permanent
	driver=$(in_a ethtool -i port | awk '$1 == "driver:" { print $2 }')
	speed=$(ip netns exec nic-a cat /sys/class/net/port/speed)
	permanent=$(in_a ethtool -P port)
	[ "$driver" = bluerig_nic ] && [ "$speed" = 25000 ] && [[ $permanent = *02:00:00:00:00:0a ]] || { fail "$driver $speed $permanent"; return; }
	ip -n nic-a link set port mtu 9216 && [ "$(ip netns exec nic-a cat /sys/class/net/wire/mtu)" = 9216 ] || { fail "the MTU of the lower device is another"; return; }
	ip -n nic-a link set wire mtu 1500; [ "$(ip netns exec nic-a cat /sys/class/net/port/mtu)" = 1500 ] || { fail "the MTU did not follow"; return; }
	ip -n nic-a link set port down
	until_true carrier b 0 || fail "carrier at the other end of a port that is down"
	ip -n nic-a link set port up
	until_true carrier b 1 || { fail "no carrier at the other end of a port that is up again"; return; }
	say "$driver, $speed Mbit/s, $permanent"
}

case_flags_off() {
	local end
	for end in a b; do in_$end ethtool -K port tls-hw-tx-offload off tls-hw-rx-offload off; done
	mark
	carry 1 1000000 128 4 || fail "data did not pass"
	[ "$(stat_rise a TlsTxSw)$(stat_rise a TlsRxSw)$(stat_rise a TlsTxDevice)$(stat_rise a TlsRxDevice)" = 1100 ] \
		&& [ "$(rise a tx_tls_encrypted_bytes)$(rise a rx_tls_decrypted_bytes)" = 00 ] && say "software, counters still" || fail "not in software"
	for end in a b; do in_$end ethtool -K port tls-hw-tx-offload on tls-hw-rx-offload on; done
}

case_no_contexts() {
	set_parameter max_contexts 0; mark
	carry 1 1000000 128 4 || fail "data did not pass"
	set_parameter max_contexts 1024
	[ "$(stat_rise a TlsTxSw)$(stat_rise a TlsRxSw)$(rise a tx_tls_ctx)$(rise a rx_tls_ctx)" = 1100 ] && say "software" || fail "not in software"
}

case_never_lock() {
	set_parameter rx_never_lock 1; mark
	carry 1 1000000 128 4 || fail "data did not pass"
	set_parameter rx_never_lock 0
	[ "$(stat_rise a TlsRxDevice)$(rise a rx_tls_decrypted_bytes)" = 10 ] && [ "$(rise a rx_tls_resync_res_skip)" -gt 0 ] \
		&& say "$(rise a rx_tls_resync_res_skip) answers were not taken" || fail "$(rise a rx_tls_decrypted_bytes) bytes, $(rise a rx_tls_resync_res_skip) answers"
}

case_rx_in_software() {
	set_parameter rx_in_software 1; mark
	carry 1 1000000 128 4 || fail "data did not pass"
	set_parameter rx_in_software 0
	[ "$(stat_rise a TlsRxDevice)$(rise a rx_tls_decrypted_bytes)$(rise a rx_tls_resync_req_pkt)" = 100 ] && say "hw is shown, nothing decrypted" || fail "counters moved"
}

case_tx_in_software() {
	set_parameter tx_in_software 1; mark
	carry 1 1000000 128 4 || fail "data did not pass"
	set_parameter tx_in_software 0
	[ "$(stat_rise a TlsTxDevice)$(rise a tx_tls_encrypted_bytes)" = 10 ] && [ "$(rise a model_tx_software_packets)" -gt 0 ] && say "hw is shown, nothing encrypted" || fail "counters moved"
}

case_rx_errors() {
	set_parameter rx_error_every 7; mark
	carry 1 2000000 128 4 || fail "data did not pass"
	set_parameter rx_error_every 0
	[ "$(rise a rx_tls_err)" -gt 0 ] && [ "$(stat_rise a TlsDecryptError)" = 0 ] && say "$(rise a rx_tls_err) errors, software mended them" || fail "$(rise a rx_tls_err) errors"
}

# the stack believes the device: only who compares the payload finds it
case_rx_corrupt() {
	set_parameter rx_corrupt_every 20; mark
	carry 1 2000000 128 4 && fail "nobody noticed"
	set_parameter rx_corrupt_every 0
	grep -q 'wrong or too few' out.a out.b && [ "$(stat_rise a TlsDecryptError)" = 0 ] \
		&& say "wrong bytes, no counter but the model's: $(( $(rise a model_rx_corrupted) + $(rise b model_rx_corrupted) ))" || fail "not found by comparing"
}

case_tx_corrupt() {
	set_parameter tx_corrupt_every 20; mark
	carry 1 2000000 128 4 && fail "nobody noticed"
	set_parameter tx_corrupt_every 0
	[ $(( $(stat_rise a TlsDecryptError) + $(stat_rise b TlsDecryptError) )) -gt 0 ] && [ $(( $(rise a rx_tls_err) + $(rise b rx_tls_err) )) -gt 0 ] \
		&& say "rx_tls_err and TlsDecryptError" || fail "no error was counted"
}

# events with live sockets: the data must be right, whoever encrypts
during() {
	mark; start 1 $((2 * SIZE)) 128 ${family:-4}
	until_true carried a $((SIZE / 4)) || { fail "it did not start"; return 1; }
	"$@"
	finish || { fail "data did not pass"; return 1; }
}
flap_lower() { local turn; for turn in 1 2; do ip -n nic-a link set wire down; sleep 0.3; ip -n nic-a link set wire up; sleep 0.3; done; }
flap_upper() { ip -n nic-b link set port down; sleep 0.3; ip -n nic-b link set port up; }
toggle() {
	local end flags
	for end in a b; do
		for flags in "tls-hw-tx-offload off tls-hw-rx-offload off" "tls-hw-tx-offload on tls-hw-rx-offload on" "tso off" "sg off" "tx off" "rx off" \
			"sg on tx on rx on tso on gso on" "tls-hw-tx-offload on tls-hw-rx-offload on"; do in_$end ethtool -K port $flags > /dev/null; done
	done
}
case_lower_flap() { during flap_lower && [ "$(rise a link_down_events_phy)" = 2 ] && say "2 losses of the link" || fail "$(rise a link_down_events_phy) losses of the link"; }
case_upper_flap() { during flap_upper && say "data right"; }
case_upper_flap_ipv6() { family=6 during flap_upper && say "data right"; }
case_toggles() { during toggle && say "data right"; }

case_netem() {
	modprobe sch_netem
	tc -n nic-a qdisc add dev wire root netem loss 1% delay 2ms reorder 5% duplicate 1%
	local right=0
	during true || right=1
	tc -n nic-a qdisc del dev wire root
	[ $right = 1 ] || say "data right, $(rise b rx_tls_resync_res_ok) resyncs, decrypted $(share b) of 1000"
}

rebuild() { rmmod bluerig_nic && insmod "$MODULE" && devices; }
case_unload() {
	mark; start 1 $((2 * SIZE)) 128 4
	until_true carried a $((SIZE / 4)) || { fail "it did not start"; return; }
	rebuild || { fail "the module could not be loaded again"; return; }
	finish && say "connections went on in software" || fail "data did not pass"
}
case_namespace_end() {
	start 1 $((2 * SIZE)) 128 4; mark
	until_true carried a $((SIZE / 4)) || { fail "it did not start"; return; }
	kill -STOP $server
	ip netns del nic-b; { kill $client; wait $client; } 2> /dev/null
	until_true eval '! ip -n nic-a link show port > /dev/null 2>&1' || { fail "the port outlived its wire"; return; }
	{ kill -CONT $server; kill $server; wait $server; } 2> /dev/null
	ip netns del nic-a
	wire && say "gone and back"
}

case_quiet_kernel() {
	local lines=$(dmesg | sed "1,/$MARK/d" | grep -E 'WARNING:|BUG:|Call Trace|Oops|refcount_t|unregister_netdevice: waiting|suspicious RCU|possible .* deadlock')
	[ -z "$lines" ] && say "no warning" || fail "$lines"
}

MODULE=${MODULE:-/lab/nic.ko}
ALL="device aes128_ipv4 aes256_ipv4 aes128_ipv6 aes256_ipv6 late_receiver flags_off no_contexts never_lock rx_in_software tx_in_software rx_errors rx_corrupt tx_corrupt
	lower_flap upper_flap upper_flap_ipv6 toggles netem unload namespace_end quiet_kernel"
MARK="cases of the NIC begin: $$"
echo "$MARK" > /dev/kmsg
trap 'unwire; rm -rf "$work"' EXIT
unwire; wire || { echo "FAILED wire: the devices cannot be made"; exit 1; }
for name in ${*:-$ALL}; do rm -f out.a out.b; began=$(( $(date +%s%N) / 1000000 )); case_$name; done
exit $failed

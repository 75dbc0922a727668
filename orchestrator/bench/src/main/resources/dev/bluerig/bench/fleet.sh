#!/bin/sh
# usage: fleet.sh LAB MACHINES JOB OUT: pipes JOB into a root shell on every machine of the file MACHINES, all at once.
# MACHINES has lines "MANAGEMENT-ADDRESS ADDRESS0 ADDRESS1"; OUT is a directory for what the machines print.
set -eu
lab=$1 machines=$2 job=$3 out=$4
running=
while read -r machine first second; do
    ssh -F none -T -o BatchMode=yes -o ControlMaster=no -o ControlPath=none -o ConnectTimeout=30 \
        -o KexAlgorithms=curve25519-sha256 -o Ciphers=aes128-gcm@openssh.com -o HostKeyAlgorithms=ssh-ed25519 \
        -o StrictHostKeyChecking=yes -o UserKnownHostsFile="$lab/known_hosts" -o GlobalKnownHostsFile=/dev/null \
        -o IdentitiesOnly=yes -o IdentityFile="$lab/id_ed25519" -o PreferredAuthentications=publickey -o LogLevel=ERROR \
        "lab@$machine" sudo -n sh -s -- "$first" "$second" <"$job" >"$out/$machine" 2>&1 &
    running="$running $!"
done <"$machines"
failed=0
for one in $running; do wait "$one" || failed=$((failed + 1)); done
cat "$out"/*
[ "$failed" = 0 ]

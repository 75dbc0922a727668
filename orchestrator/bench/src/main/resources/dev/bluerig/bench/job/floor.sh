#!/bin/sh
# usage: floor.sh FLEET MACHINES JOB OUT: pipes JOB into a root shell on every machine of the file MACHINES, all at once.
# MACHINES has lines "NAME ADDRESS HOST KIND ADDRESS0 ADDRESS1", `-` for none; by HOST, where there is one, the machine is reached. What the machines
# print goes into files of the directory OUT.
set -eu
fleet=$1 machines=$2 job=$3 out=$4
set -- -F none -T -o BatchMode=yes -o ControlMaster=no -o ControlPath=none -o ConnectTimeout=60 \
    -o KexAlgorithms=curve25519-sha256 -o Ciphers=aes128-gcm@openssh.com -o HostKeyAlgorithms=ssh-ed25519 \
    -o StrictHostKeyChecking=yes -o UserKnownHostsFile="$fleet/known_hosts" -o GlobalKnownHostsFile=/dev/null \
    -o IdentitiesOnly=yes -o IdentityFile="$fleet/id_ed25519" -o PreferredAuthentications=publickey -o LogLevel=ERROR
running=
while read -r name address host kind first second; do
    if [ "$host" = - ]; then
        ssh "$@" "lab@$address" sudo -n sh -s -- "$kind" "$first" "$second" <"$job" >"$out/$name" 2>&1 &
    else
        ssh "$@" -o HostKeyAlias="$name" -o ProxyCommand="ssh $* -W %h:%p lab@$host" "lab@$address" \
            sudo -n sh -s -- "$kind" "$first" "$second" <"$job" >"$out/$name" 2>&1 &
    fi
    running="$running $!"
done <"$machines"
failed=0
for one in $running; do wait "$one" || failed=$((failed + 1)); done
cat "$out"/*
[ "$failed" = 0 ]

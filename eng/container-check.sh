#!/usr/bin/env bash
# What the last stage of the Dockerfile does, without an engine: eng/container-check.sh [PUBLISHED]. As root on Linux: the published host
# runs as nobody that this machine knows, on a root that is read-only but for /data, within 512 MiB and no swap, with models that it can't
# pull, and checks somebody in. PUBLISHED is a folder of "dotnet publish"; without it, the host is published first.
set -euo pipefail
cd "$(dirname "$0")/.."

limit=$((512 * 1024 * 1024)) user=1654 port=${FRAT_CHECK_PORT:-5391}
address="http://127.0.0.1:$port"
work=$(mktemp -d)
published=${1:-$work/published}
[ $# -gt 0 ] || dotnet publish samples/Frat.WebHost --configuration Release --output "$published" --nologo --verbosity quiet
models=${FRAT_MODELS:-${XDG_CACHE_HOME:-$HOME/.cache}/frat/models}
dotnet=$(dirname "$(readlink -f "$(command -v dotnet)")")
photos=$(find / -xdev -type d -path '*dlib19.1*/johns' -print -quit 2>/dev/null || true)

# A control group of version 1 or 2.
if [ -f /sys/fs/cgroup/memory/memory.limit_in_bytes ]; then
    group=/sys/fs/cgroup/memory/frat-check-$$ peak=memory.max_usage_in_bytes
    mkdir "$group"
    echo $limit >"$group/memory.limit_in_bytes"
    [ ! -f "$group/memory.memsw.limit_in_bytes" ] || echo $limit >"$group/memory.memsw.limit_in_bytes"
else
    group=/sys/fs/cgroup/frat-check-$$ peak=memory.peak
    grep -qw memory /sys/fs/cgroup/cgroup.subtree_control || echo +memory >/sys/fs/cgroup/cgroup.subtree_control
    mkdir "$group"
    echo $limit >"$group/memory.max"
    [ ! -f "$group/memory.swap.max" ] || echo 0 >"$group/memory.swap.max"
fi

host=
finish() {
    [ -z "$host" ] || kill -KILL "$host" 2>/dev/null || true
    for _ in $(seq 50); do rmdir "$group" 2>/dev/null && break || sleep 0.1; done
    rm -rf "$work"
}
trap finish EXIT

# In a mount namespace of its own, nothing of which is seen outside. What the base image has is this machine's: /usr, the runtime, and names
# of libraries.
inside() {
    root=$work/root
    mkdir -p "$root"
    mount -t tmpfs -o size=1m,mode=755 root "$root"
    mkdir -p "$root"/{usr,etc,dev,proc,tmp,app,models,data,dotnet}
    for link in bin lib lib64 sbin; do [ ! -L "/$link" ] || ln -s "usr/$link" "$root/$link"; done
    cp -L /etc/ld.so.cache "$root/etc/"
    bind() { mount --bind "$1" "$root/$2" && mount -o remount,bind,ro,nosuid "$root/$2"; }
    bind /usr usr
    bind "$dotnet" dotnet
    bind "$published" app
    bind "$models" models
    mount --bind /dev "$root/dev"
    mount -t proc proc "$root/proc"
    mount -t tmpfs -o "size=64m,mode=700,uid=$user,gid=$user,nosuid,nodev,noexec" data "$root/data"
    mount -o remount,ro "$root"
    cd /
    exec env --ignore-environment \
        PATH=/usr/bin DOTNET_ROOT=/dotnet DOTNET_EnableDiagnostics=0 FRAT_MODELS=/models Frat__DataFolder=/data \
        Frat__Access=Open "ASPNETCORE_URLS=$address" \
        /usr/sbin/chroot --userspec="$user:$user" --groups= "$root" /dotnet/dotnet /app/Frat.WebHost.dll
}
export -f inside
export work published models dotnet user address
unshare --mount --propagation private bash -euc 'echo $$ >"$0/cgroup.procs"; inside' "$group" >"$work/log" 2>&1 &
host=$!

fail() {
    echo "container-check: $1" >&2
    tail -20 "$work/log" >&2
    exit 1
}
call() { curl --silent --show-error --max-time 60 "$@"; }
for _ in $(seq 300); do
    [ "$(call --output /dev/null --write-out '%{http_code}' "$address/health/ready" 2>/dev/null)" != 200 ] || break
    kill -0 "$host" 2>/dev/null || fail 'the host ended'
    sleep 0.2
done
[ "$(call "$address/health/ready")" = Healthy ] || fail 'not ready'

[ "$(awk '/^Uid:/ {print $2 $3 $4 $5}' "/proc/$host/status")" = "$user$user$user$user" ] || fail 'it runs as somebody else'
[ "$(awk '/^CapEff:/ {print $2}' "/proc/$host/status")" = 0000000000000000 ] || fail 'it may do more than a user'
for place in '' app models usr dotnet tmp; do
    ! touch "/proc/$host/root/$place/touched" 2>/dev/null || fail "/$place can be written to"
done
[ -s "/proc/$host/root/data/frat.db" ] || fail 'the database is not in /data'

if [ -n "$photos" ]; then
    mapfile -t faces < <(find "$photos" -name '*.jpg' | sort | head -2)
    call --form employeeId=1 --form name=Ada --form consent=1 --form "photo=@${faces[0]}" "$address/api/v1/people" |
        grep -q '"employeeId":"1"' ||
        fail 'nobody could be registered'
    call --form "image=@${faces[1]}" "$address/api/v1/check-ins" | grep -q '"outcome":"recognized"' || fail 'nobody was recognised'
    done='somebody checked in'
else
    done='no photos here (the tests fetch them): nobody checked in'
fi

peak=$(cat "$group/$peak")
kill -TERM "$host"
status=0
wait "$host" || status=$?
host=
[ "$status" -eq 0 ] || fail "it ended with $status"
echo "container-check: ready, $done; at most $((peak / 1024 / 1024)) MiB of 512 with the page cache; ended with 0."

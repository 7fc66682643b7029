#!/usr/bin/env bash
# Proves that the commands of the README work alone on a bare Debian 12, where nothing lies about:
# each verb of dev.py gets a new root that has Python, venv and pip only, and a fresh clone in it.
#
#   sudo packaging/prove_bare.sh [FOLDER] [VERB…]     (run and test when no verb is named)
#
# The mirror, the certificates and the package clients' settings are those of this machine.
set -euo pipefail
shopt -s nullglob

checkout=$(cd "$(dirname "$0")/.." && pwd)
folder=${1:-$(mktemp -d)}
verbs=("${@:2}")
[ ${#verbs[@]} -gt 0 ] || verbs=(run test)
bare=$folder/bare
settings='^(https?_proxy|HTTPS?_PROXY|no_proxy|NO_PROXY|PIP_[A-Z_]+|SSL_CERT_[A-Z]+)='

mirror() {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources} 2>/dev/null |
        sed -nE 's/^(URIs:|deb( \[[^]]*\])?) +([^ ]+).*/\3/p' | head -n 1
}

make_bare() {
    mkdir -p "$folder"
    debootstrap --variant=minbase --include=python3-venv,python3-pip,ca-certificates \
        bookworm "$bare" "$(mirror)" >"$folder/debootstrap.log" 2>&1 ||
        { tail -n 5 "$folder/debootstrap.log"; exit 1; }
    local place
    for place in /etc/apt /etc/ssl/certs /etc/pip.conf /etc/xdg/pip /etc/resolv.conf /etc/hosts \
        /usr/local/share/ca-certificates /usr/share/keyrings "$HOME/.config/pip"; do
        [ -e "$place" ] || continue
        mkdir -p "$bare$(dirname "$place")"
        rm -rf "${bare:?}$place"
        cp -rL "$place" "$bare$place" 2>/dev/null || true
    done
}

release() {
    umount "$1/dev/shm" "$1/dev" "$1/proc" 2>/dev/null || true
}

try() {
    local verb=$1 root=$folder/$1 variables=() line code=0
    echo "== a bare root and a fresh clone: dev.py $verb"
    release "$root"
    rm -rf --one-file-system "${root:?}"
    cp -a --reflink=auto "$bare" "$root"
    git clone --quiet "$checkout" "$root/home/partnerdesk"
    while IFS= read -r line; do variables+=("$line"); done < <(env | grep -E "$settings" | grep -v '^PIP_FIND_LINKS=')
    trap 'release "$root"' RETURN
    mount -t proc proc "$root/proc"
    mount --bind /dev "$root/dev"
    mount -t tmpfs tmpfs "$root/dev/shm"
    chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
        "${variables[@]}" bash -c "cd /home/partnerdesk && python3 packaging/dev.py $verb" </dev/null || code=$?
    return "$code"
}

[ -x "$bare/usr/bin/python3" ] || make_bare
failed=0
for verb in "${verbs[@]}"; do
    start=$SECONDS
    code=0
    try "$verb" || code=$?
    echo "== dev.py $verb: exit $code after $((SECONDS - start)) s"
    [ "$code" -eq 0 ] || failed=1
done
exit "$failed"

#!/usr/bin/env bash
# Proves that the commands of the README work on a bare Debian 12, where nothing lies about:
# a fresh root with Python, venv and pip only, and a fresh clone of this checkout in it.
#
#   sudo packaging/prove_bare.sh [FOLDER] [VERB…]     (verbs of dev.py; run and test when none is named)
#
# The mirror, the certificates and the package clients' settings are those of this machine.
set -euo pipefail

checkout=$(cd "$(dirname "$0")/.." && pwd)
root=${1:-$(mktemp -d)/bare}
verbs=("${@:2}")
[ ${#verbs[@]} -gt 0 ] || verbs=(run test)
settings='^(https?_proxy|HTTPS?_PROXY|no_proxy|NO_PROXY|PIP_[A-Z_]+|SSL_CERT_[A-Z]+)='
shopt -s nullglob

mirror() {
    cat /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources} 2>/dev/null |
        sed -nE 's/^(URIs:|deb( \[[^]]*\])?) +([^ ]+).*/\3/p' | head -n 1
}

make_root() {
    local extra=python3-venv,python3-pip,ca-certificates
    debootstrap --variant=minbase --include="$extra" bookworm "$root" "$(mirror)" >"$root.log" 2>&1 ||
        { tail -n 5 "$root.log"; exit 1; }
    local place
    for place in /etc/apt /etc/ssl/certs /etc/pip.conf /etc/xdg/pip /etc/resolv.conf /etc/hosts \
        /usr/local/share/ca-certificates /usr/share/keyrings "$HOME/.config/pip"; do
        [ -e "$place" ] || continue
        mkdir -p "$root$(dirname "$place")"
        rm -rf "${root:?}$place"
        cp -rL "$place" "$root$place" 2>/dev/null || true
    done
    # With the folders this machine keeps packages in, nothing would be proved.
    rm -f "$root"/etc/apt/sources.list.d/*.disabled*
}

try() {
    local verb=$1
    echo "== a fresh clone: dev.py $verb"
    rm -rf "$root/home/partnerdesk"
    git clone --quiet "$checkout" "$root/home/partnerdesk"
    local variables=()
    while IFS= read -r line; do variables+=("$line"); done < <(env | grep -E "$settings" | grep -v '^PIP_FIND_LINKS=')
    chroot "$root" /usr/bin/env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 \
        "${variables[@]}" bash -c "cd /home/partnerdesk && python3 packaging/dev.py $verb" </dev/null
}

cleanup() {
    local place
    for place in dev/shm proc sys dev; do umount "$root/$place" 2>/dev/null || true; done
}

[ -x "$root/usr/bin/python3" ] || make_root
trap cleanup EXIT
mount -t proc proc "$root/proc"
mount --rbind --make-rslave /dev "$root/dev" 2>/dev/null || mount --bind /dev "$root/dev"
failed=0
for verb in "${verbs[@]}"; do
    start=$SECONDS
    code=0
    try "$verb" || code=$?
    echo "== dev.py $verb: exit $code after $((SECONDS - start)) s"
    [ "$code" -eq 0 ] || failed=1
done
exit "$failed"

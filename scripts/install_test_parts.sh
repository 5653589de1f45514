#!/usr/bin/env bash
# Installs the programs the tests run for real: chromium, redis-server, ffmpeg.
# Where it cannot, it says what to install and ends well: the tests then name the part they lack.
# (libmediainfo comes inside the pymediainfo wheel.)
set -euo pipefail

have_chromium() {
    command -v chromium || command -v chromium-browser || command -v google-chrome
}

missing=()
have_chromium >/dev/null || missing+=(chromium)
command -v redis-server >/dev/null || missing+=(redis-server)
command -v ffmpeg >/dev/null || missing+=(ffmpeg)

if [ "${#missing[@]}" -eq 0 ]; then
    exit 0
fi

run_as_root=()
if [ "$(id -u)" -ne 0 ]; then
    run_as_root=(sudo -n)
fi

can_install() {
    [ -e /etc/debian_version ] && command -v apt-get >/dev/null || return 1
    [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null
}

if can_install; then
    apt_get() {
        ${run_as_root[@]+"${run_as_root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get -q -y "$@"
    }
    # a list that is partly out of reach may still hold what is needed
    apt_get update || echo "apt-get update failed; trying with the lists there are." >&2
    if apt_get install --no-install-recommends "${missing[@]}"; then
        exit 0
    fi
    echo "apt-get could not install: ${missing[*]}" >&2
fi

echo "The tests need programs that are not installed: ${missing[*]}"
case "$(uname -s)" in
Darwin)
    for name in "${missing[@]}"; do
        case "$name" in
        chromium) echo "  brew install --cask chromium   (or google-chrome)" ;;
        redis-server) echo "  brew install redis" ;;
        *) echo "  brew install $name" ;;
        esac
    done
    ;;
*)
    echo "  Debian, Ubuntu: sudo apt-get update && sudo apt-get install ${missing[*]}"
    echo "  elsewhere: the packages of these names, or names like them (redis-server is often in 'redis')"
    ;;
esac

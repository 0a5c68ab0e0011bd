#!/usr/bin/env bash
# Lets the official Node SDK walk through the demo server. See README.md.
set -euo pipefail

sdk_version=1.9.3
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)

for tool in node npm; do
    if ! command -v "$tool" >/dev/null 2>&1; then
        echo "skipped: $tool is not installed"
        exit 0
    fi
done

scratch=$(mktemp -d)
server=
cleanup() {
    if [[ -n $server ]]; then
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    rm -rf "$scratch"
}
trap cleanup EXIT

program=${ONEBOX:-${CARGO_TARGET_DIR:-$root/target}/debug/onebox}
if [[ ! -x $program ]]; then
    (cd "$root" && cargo build --quiet)
fi

if [[ -z ${ONEBOX_SDK_HOME:-} ]]; then
    ONEBOX_SDK_HOME=$scratch/sdk
    mkdir "$ONEBOX_SDK_HOME"
    echo '{"private": true}' >"$ONEBOX_SDK_HOME/package.json"
    npm install --prefix "$ONEBOX_SDK_HOME" --silent --no-audit --no-fund --ignore-scripts \
        "unipile-node-sdk@$sdk_version"
fi
export ONEBOX_SDK_HOME

export ONEBOX_KEY=sdk-walk
"$program" demo --serve --still --key "$ONEBOX_KEY" --now 2026-11-20T15:00:00Z \
    >"$scratch/served" 2>"$scratch/log" &
server=$!
for _ in $(seq 150); do
    [[ -s $scratch/served ]] && break
    if ! kill -0 "$server" 2>/dev/null; then
        cat "$scratch/log" >&2
        exit 1
    fi
    sleep 0.2
done
ONEBOX_URL=$(node -e 'console.log(JSON.parse(require("fs").readFileSync(process.argv[1], "utf8").split("\n")[0]).url)' "$scratch/served")
export ONEBOX_URL

node "$here/walk.mjs"

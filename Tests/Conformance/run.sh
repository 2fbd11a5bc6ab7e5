#!/usr/bin/env bash
# Runs the SCIM conformance suites scim2-tester and scim-sanity against the built program on loopback.
#
# Exit 0 when every check passed, or when the suites cannot be had here (then it says "skipped"); exit 1 otherwise.
# Usage: Tests/Conformance/run.sh [PROGRAM]    PROGRAM: the built dagroster, default .build/debug/dagroster
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
cd "$here/../.."

program="${1:-.build/debug/dagroster}"
environment=.build/conformance
# Pinned, so that a new release of a suite fails nobody's build but the one that raises these numbers.
suites=(scim2-cli==0.6.0 scim2-tester==0.5.2 scim-sanity==0.7.4)

if [[ ! -x "$program" ]]; then
    echo "Conformance: there is no program at $program; build it first" >&2
    exit 1
fi

if ! "$environment/bin/python" -c 'import scim2_cli, scim2_tester, scim_sanity' 2>/dev/null; then
    mkdir -p .build
    if ! command -v python3 >/dev/null; then
        echo "Conformance: skipped, there is no python3"
        exit 0
    fi
    if ! python3 -m venv "$environment" >/dev/null 2>&1 \
        || ! "$environment/bin/pip" install --quiet --disable-pip-version-check "${suites[@]}" 2>/dev/null; then
        echo "Conformance: skipped, ${suites[*]} cannot be installed from PyPI"
        exit 0
    fi
fi

work="$(mktemp -d)"
server=
finish() {
    if [[ -n "$server" ]]; then
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    rm -rf "$work"
}
trap finish EXIT

# An endpoint over an empty tree on a free port; sets url and token.
start() {
    local tree="$work/$1"
    "$program" init "$tree" >/dev/null 2>&1
    token="$("$program" token create conformance --tree "$tree" 2>/dev/null)"
    "$program" serve --tree "$tree" --port 0 --admin-port 0 2>"$work/$1.log" &
    server=$!
    for _ in $(seq 100); do
        url="$(sed -n 's/^.*serving SCIM on \(http[^ ]*\).*$/\1/p' "$work/$1.log" | head -n 1)"
        if [[ -n "$url" && "$url" != *:0/* ]]; then return; fi
        sleep 0.1
    done
    echo "Conformance: the server did not start" >&2
    cat "$work/$1.log" >&2
    exit 1
}

stop() {
    kill "$server"
    wait "$server" || true
    server=
}

failed=0

echo "== scim2-tester"
start tester
SCIM_CLI_HEADERS="Authorization: Bearer $token" "$environment/bin/scim2" --url "$url" test >"$work/tester.txt" 2>&1 \
    || true
"$environment/bin/python" "$here/summary.py" scim2-tester "$work/tester.txt" || failed=1
stop

echo "== scim-sanity"
start sanity
"$environment/bin/scim-sanity" probe "$url" --token "$token" --i-accept-side-effects --json-output \
    >"$work/sanity.json" 2>"$work/sanity.err" || true
"$environment/bin/python" "$here/summary.py" scim-sanity "$work/sanity.json" || failed=1
stop

exit "$failed"

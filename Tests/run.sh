#!/usr/bin/env bash
# The one test command: installs what is missing, builds, and runs every test. Arguments go to `swift test`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

missing=()
command -v git >/dev/null || missing+=(git)
command -v curl >/dev/null || missing+=(curl)
command -v pkg-config >/dev/null || missing+=(pkg-config)
pkg-config --exists yaml-0.1 2>/dev/null || missing+=(libyaml-dev)
pkg-config --exists jemalloc 2>/dev/null || missing+=(libjemalloc-dev)
python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv)
# Commits are signed by a real key.
command -v gpg >/dev/null || missing+=(gnupg)
# Pages are opened in a real browser.
command -v chromium >/dev/null || missing+=(chromium)

if ((${#missing[@]})); then
    as_root=(env)
    [[ $(id -u) == 0 ]] || as_root=(sudo)
    echo "Tests/run.sh: installing ${missing[*]} with apt-get"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null
fi

# Programs that check the examples are unpacked beside the build and not installed: nobody wants their services started.
tools=.build/tools
if command -v apt-get >/dev/null && { ! command -v nginx || ! command -v promtool; } >/dev/null; then
    if [[ ! -x $tools/usr/sbin/nginx || ! -x $tools/usr/bin/promtool ]]; then
        mkdir -p "$tools"
        (cd "$tools" && apt-get download -qq nginx prometheus >/dev/null 2>&1 && for package in *.deb; do
            dpkg -x "$package" . && rm "$package"
        done) || echo "Tests/run.sh: no nginx or promtool to be had; the examples for them are not checked"
    fi
    PATH="$PATH:$PWD/$tools/usr/sbin:$PWD/$tools/usr/bin"
fi

# Second readers, of YAML and of GraphQL, check what the program writes and sends; without them those comparisons are
# left out.
python=.build/python/bin/python3
readers=(pyyaml graphql-core==3.2.8)
if ! "$python" -c 'import graphql, yaml' 2>/dev/null; then
    mkdir -p .build
    if python3 -m venv .build/python >/dev/null && .build/python/bin/pip install --quiet "${readers[@]}"; then
        echo "Tests/run.sh: PyYAML and graphql-core are in .build/python"
    else
        echo "Tests/run.sh: no ${readers[*]} to be had; the tests go on without second readers of YAML and GraphQL"
    fi
fi
if "$python" -c 'import yaml' 2>/dev/null; then PATH="$PWD/.build/python/bin:$PATH"; fi

# Every document that the program sends to Dagster+, which a test has written to .build/graphql.
check_documents() {
    if ! "$python" -c 'import graphql' 2>/dev/null; then return; fi
    "$python" Tests/Fixtures/dagster-plus/validate.py Tests/Fixtures/dagster-plus/schema.graphql .build/graphql
}

swift build --build-tests

# Tests have a folder of their own for what is temporary, and must leave nothing in it.
scratch=$(mktemp -d "${TMPDIR:-/tmp}/dagroster-tests.XXXXXX")
# As /tmp is: some tests read a tree as another user.
chmod 755 "$scratch"
export TMPDIR=$scratch
look_behind() {
    local code=$? left
    # SwiftPM's own.
    rm -rf "$scratch"/TemporaryDirectory.* "$scratch"/_*.lock
    left=$(ls -A "$scratch")
    if [[ $left ]]; then
        printf 'Tests/run.sh: something was left behind in %s:\n%s\n' "$scratch" "$left" >&2
        exit $((code ? code : 1))
    fi
    rmdir "$scratch"
}
trap look_behind EXIT

# Not every test at once: each store watches its folders, and Linux gives a user 128 instances of inotify.
export SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=32

if (($#)); then
    swift test --skip-build "$@"
else
    # The built program is driven in a run of its own: its tests wait for processes and sockets, and would keep the
    # others from the two threads that a small machine has.
    swift test --skip-build --skip '^Acceptance\.'
    check_documents
    Tests/documentation.sh
    Tests/fuzz.sh 900000 --seconds 60
    Tests/Conformance/run.sh
    Tests/soak.sh 1 --every 20 --rate 20 --binary "$PWD/.build/debug/dagroster"
    swift test --skip-build --filter '^Acceptance\.'
fi

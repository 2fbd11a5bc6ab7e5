#!/usr/bin/env bash
# The one test command: installs what is missing, builds, and runs every test. Arguments go to `swift test`.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

missing=()
command -v git >/dev/null || missing+=(git)
command -v curl >/dev/null || missing+=(curl)
command -v pkg-config >/dev/null || missing+=(pkg-config)
pkg-config --exists yaml-0.1 2>/dev/null || missing+=(libyaml-dev)
python3 -c 'import ensurepip' 2>/dev/null || missing+=(python3-venv)
# Pages are opened in a real browser.
command -v chromium >/dev/null || missing+=(chromium)

if ((${#missing[@]})); then
    as_root=(env)
    [[ $(id -u) == 0 ]] || as_root=(sudo)
    echo "Tests/run.sh: installing ${missing[*]} with apt-get"
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null
fi

# A second reader of YAML checks what the program writes; without it those comparisons are left out.
python=.build/python/bin/python3
if ! "$python" -c 'import yaml' 2>/dev/null; then
    mkdir -p .build
    if python3 -m venv .build/python >/dev/null && .build/python/bin/pip install --quiet pyyaml; then
        echo "Tests/run.sh: PyYAML is in .build/python"
    else
        echo "Tests/run.sh: no PyYAML to be had; the tests go on without a second reader of YAML"
    fi
fi
if "$python" -c 'import yaml' 2>/dev/null; then PATH="$PWD/.build/python/bin:$PATH"; fi

swift build --build-tests
if (($#)); then
    swift test --skip-build "$@"
else
    # The built program is driven in a run of its own: its tests wait for processes and sockets, and would keep the
    # others from the two threads that a small machine has.
    swift test --skip-build --skip '^Acceptance\.'
    Tests/Conformance/run.sh
    swift test --skip-build --filter '^Acceptance\.'
fi

#!/usr/bin/env bash
# A built dagroster under 100 requests a second for so many minutes (30 by default), reads and writes mixed, killed by
# kill -9 every minute.
#
#   Tests/soak.sh [MINUTES] [--every SECONDS] [--rate N] [--seed SEED] [--binary PROGRAM]
#
# It fails when an answered write is not there after a restart or in the files and commits at the end, when an answer is
# 5xx, when memory grows by more than 16 MiB after the third round, or when the rate is not reached.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if [[ " $* " != *" --binary "* ]]; then
    swift build -c release --product dagroster
    set -- "$@" --binary "$PWD/.build/release/dagroster"
fi
exec python3 Tests/Soak/soak.py "$@"

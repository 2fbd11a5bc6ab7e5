#!/usr/bin/env bash
# Seeded fuzzing: JSON bodies, filters, PATCH paths, queries, YAML files, records, access files, settings, and HTTP over
# connections to an endpoint in the same process.
#
#   Tests/fuzz.sh [N] [--seconds S] [--seed SEED] [--only SUBJECT] [--index I] [--input FILE]
#
# N inputs (100,000 by default), S seconds at most. It prints the seed and the count, and ends with exit 1 at the first
# input that crashes, takes more than ten seconds, lets memory grow, or breaks a law (Tests/Fuzz/Laws). That input is kept
# in .build/fuzz; "--only SUBJECT --input FILE" tries it again, "--seed SEED --index I" too. A million inputs and more are
# tried by an optimised build, fewer by the one that tests use; FUZZ_CONFIGURATION=debug or release decides otherwise.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

count=100000
[[ ${1:-} =~ ^[0-9]+$ ]] && count=$1
configuration=${FUZZ_CONFIGURATION:-$( ((count >= 1000000)) && echo release || echo debug)}
if [[ $configuration == release ]]; then
    swift build -c release --product Fuzz
else
    swift build --build-tests
fi

status=0
".build/$configuration/Fuzz" "$@" || status=$?
if ((status > 1 && status != 64)); then
    echo "fuzz: ended by signal $((status - 128)); the input is in .build/fuzz, the line above says which it was"
    exit 1
fi
exit "$status"

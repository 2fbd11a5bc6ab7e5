#!/usr/bin/env bash
# Runs tests under the thread or the address sanitizer, in builds of their own: a folder each beside .build.
#
#   Tests/sanitize.sh [thread|address]... [--all] [--filter PATTERN]
#
# Both sanitizers by default, and only the rooms that need no server, which build without Hummingbird and NIO; --all runs
# every room's tests, such as those of the endpoint, where answers are written into room that was reckoned before. The
# program and its tests are not built, which allocates by another library. SANITIZE_PATH says where the builds go. A
# first build takes several minutes for each, with --all a quarter of an hour and more, which is why no other script
# runs this one.
#
# On Linux the thread sanitizer does not see the locks of Swift's own Mutex: what is held by one is left out
# (Tests/Support/thread-sanitizer.txt), and what is looked at is everything else, such as the threads of the store.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

sanitizers=()
rooms=pure
filter='^(YAML|SCIM|Roster|Access|Git|Tree|Store|Publish|FileTarget|Reconcile|Reports)Tests\.'
while (($#)); do
    case $1 in
    thread | address) sanitizers+=("$1") ;;
    --all)
        rooms=all
        filter='Tests\.'
        ;;
    --filter)
        filter=$2
        shift
        ;;
    *)
        echo "usage: Tests/sanitize.sh [thread|address]... [--all] [--filter PATTERN]" >&2
        exit 64
        ;;
    esac
    shift
done
((${#sanitizers[@]})) || sanitizers=(thread address)

# Without it SwiftPM would build every target, and the program with them.
export DAGROSTER_ROOMS=$rooms
# Everything is ten times as slow: tests that look at the clock are patient, and have the machine for themselves.
export DAGROSTER_SANITIZED=1 DAGROSTER_FUZZ=${DAGROSTER_FUZZ:-5000}
export TSAN_OPTIONS="halt_on_error=1 suppressions=$PWD/Tests/Support/thread-sanitizer.txt ${TSAN_OPTIONS:-}"
export LSAN_OPTIONS="suppressions=$PWD/Tests/Support/leak-sanitizer.txt ${LSAN_OPTIONS:-}"
for sanitizer in "${sanitizers[@]}"; do
    options=()
    # XCTest's own leaks would fail the run.
    [[ $sanitizer == thread ]] || options=(--disable-xctest)
    swift test --sanitize="$sanitizer" --scratch-path "${SANITIZE_PATH:-.build-}$sanitizer-$rooms" --no-parallel \
        "${options[@]}" --filter "$filter"
    echo "sanitize: $sanitizer, $rooms: no report"
done

#!/usr/bin/env bash
# Measures the release build against yardsticks on this machine and prints the table of ratios.
#
# Exit 0 when every bar is met, 1 when one is missed (it says which), 2 when something could not be measured.
# Usage: Tests/Benchmarks/run.sh [--quick] [--rows users,groups,files,cycle,trees,commit]
#   --quick   bounded for CI: fewer and shorter rounds, at most 10,000 people
#   --rows    only these kinds of rows
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
cd "$here/../.."

# Pinned, so that the yardstick stays what it was.
peer=scim2-server==0.8.3
work=.build/benchmarks

mkdir -p "$work"
pkg-config --exists jemalloc || echo "Benchmarks: without jemalloc, which users have (apt-get install libjemalloc-dev)"
echo "Benchmarks: building the release program (some minutes the first time)"
begin=$SECONDS
swift build -c release --product dagroster >"$work/build.log" 2>&1 || { tail -n 40 "$work/build.log" >&2; exit 2; }
swift build -c release --product EchoServer >"$work/build.log" 2>&1 || { tail -n 40 "$work/build.log" >&2; exit 2; }
for program in load disk tree; do
    cc -O2 -Wall -Wextra -Werror -o "$work/$program" "$here/native/$program.c" -lyaml -lpthread
done
if ! "$work/python/bin/python" -c 'import scim2_server' 2>/dev/null; then
    python3 -m venv "$work/python" >/dev/null
    "$work/python/bin/pip" install --quiet --disable-pip-version-check "$peer"
fi
echo "Benchmarks: built in $((SECONDS - begin)) s"

PYTHONPATH="$here" PYTHONDONTWRITEBYTECODE=1 exec python3 -m harness \
    --programs "$PWD/.build/release" --native "$PWD/$work" --peer "$PWD/$work/python/bin/scim2-server" "$@"

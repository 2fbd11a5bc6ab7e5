#!/usr/bin/env bash
# Builds the documentation: every link and every symbol in it must be right. With a folder as its argument, the archives are
# left there, to be looked at by `docc preview` or put on a web server. `swift build` must have run.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

docc=$(command -v docc || true)
[[ $docc ]] || docc=$(dirname "$(readlink -f "$(command -v swift)")")/docc
if [[ ! -x $docc ]]; then
    echo "Tests/documentation.sh: no docc to be had; the documentation is not checked"
    exit 0
fi

out=${1:-}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
built=$(swift build --show-bin-path)
target=$(swift -print-target-info | sed -n 's/.*"unversionedTriple": "\(.*\)",/\1/p')
mkdir -p "$work/symbols" "${out:=$work}"

swift symbolgraph-extract -module-name SCIM -I "$built/Modules" -target "$target" \
    -minimum-access-level public -output-dir "$work/symbols"
convert() { # NAME CATALOGUE [OPTION…]
    "$docc" convert "$2" --warnings-as-errors --fallback-display-name "$1" \
        --fallback-bundle-identifier "dagroster.$1" --output-path "$out/$1.doccarchive" "${@:3}" >"$work/log" 2>&1 ||
        { cat "$work/log" && exit 1; }
}
convert SCIM Sources/SCIM/SCIM.docc --additional-symbol-graph-dir "$work/symbols"
convert dagroster Sources/dagroster/dagroster.docc
# What the README says is shown by a test has that test.
for name in $(grep -o '`[A-Za-z]*Tests`' README.md | tr -d '`' | sort -u); do
    [[ $(find Tests -name "$name.swift") ]] || { echo "README.md: there is no $name" && exit 1; }
done
# The table of rooms names each of them, and no other.
diff <(find Sources -mindepth 1 -maxdepth 1 -printf '%f\n' | sort) \
    <(sed -n 's/^| `\([A-Za-z]*\)` |.*/\1/p' Sources/dagroster/dagroster.docc/dagroster.md | sort)
echo "Tests/documentation.sh: SCIM.docc and dagroster.docc are sound"

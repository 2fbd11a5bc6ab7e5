#!/bin/sh
# Installs dagroster: the program, its manual pages, and completions for bash, zsh and fish.
#
#   examples/install.sh                         builds the release and installs it under /usr/local
#   examples/install.sh --binary FILE           installs a program that is built already
#   examples/install.sh --prefix DIR            under DIR; DESTDIR is put in front, for packages
#   examples/install.sh --uninstall             removes what it installed
set -eu
prefix=/usr/local binary='' action=install
while [ $# -gt 0 ]; do
    case $1 in
    --prefix) prefix=${2:?--prefix needs a folder} && shift ;;
    --binary) binary=${2:?--binary needs a file} && shift ;;
    --uninstall) action=uninstall ;;
    -h | --help) sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//;p;}' "$0" && exit 0 ;;
    *) echo "install.sh: unknown word \"$1\"; --help says what there is" >&2 && exit 64 ;;
    esac
    shift
done

root=${DESTDIR:-}$prefix
program=$root/bin/dagroster
manual=$root/share/man/man1
bash=$root/share/bash-completion/completions/dagroster
zsh=$root/share/zsh/site-functions/_dagroster
fish=$root/share/fish/vendor_completions.d/dagroster.fish

if [ "$action" = uninstall ]; then
    for file in "$program" "$bash" "$zsh" "$fish" "$manual"/dagroster.1 "$manual"/dagroster-*.1; do
        if [ -e "$file" ]; then rm -f "$file" && echo "removed $file"; fi
    done
    exit 0
fi

if [ -z "$binary" ]; then
    cd "$(dirname "$0")/.."
    swift build -c release --static-swift-stdlib --product dagroster
    binary=$(swift build -c release --static-swift-stdlib --show-bin-path)/dagroster
fi

install -d "$root/bin" "$manual" "${bash%/*}" "${zsh%/*}" "${fish%/*}"
install -m 0755 "$binary" "$program"
"$program" manual "$manual"
for shell in bash zsh fish; do
    eval "file=\$$shell"
    # Beside, then renamed: a program that fails leaves no half of a script.
    "$program" --generate-completion-script "$shell" >"$file.new"
    chmod 0644 "$file.new" && mv "$file.new" "$file"
done
for file in "$program" "$bash" "$zsh" "$fish" "$manual"/dagroster.1 "$manual"/dagroster-*.1; do echo "installed $file"; done

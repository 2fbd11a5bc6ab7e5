#!/usr/bin/env bash
# Brings a simulated Dagster+ organisation to what a tree says. Needs nothing but this program and git.
#   DAGROSTER_BINARY=/path/to/dagroster ./try.sh
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
dagroster=${DAGROSTER_BINARY:-dagroster}
work=$(mktemp -d)
simulator=
trap '[[ -z $simulator ]] || kill "$simulator" 2>/dev/null || true; rm -rf "$work"' EXIT

step() { printf '\n$ dagroster %s\n' "$*"; "$dagroster" "$@"; }

# 1. A Dagster+ organisation on this machine.
"$dagroster" simulate --seed "$here/target.yaml" --switch new-user-role=NO_ACCESS 2>"$work/simulate.log" &
simulator=$!
for _ in $(seq 600); do
    url=$(grep -o 'http://127.0.0.1:[0-9]*' "$work/simulate.log" || true)
    [[ -z $url ]] || break
    kill -0 "$simulator" 2>/dev/null || { cat "$work/simulate.log"; exit 1; }
    sleep 0.1
done
cat "$work/simulate.log"
export DAGSTER_CLOUD_API_TOKEN=user:simulated-admin

# 2. A tree, as the endpoint and people would have written it.
git init --quiet --initial-branch main "$work/roster"
cd "$work/roster"
git config user.name Lin && git config user.email lin@example.com
"$dagroster" init . >/dev/null
mkdir -p provisioned/users provisioned/groups access
for name in ada grace lin; do
    printf 'id: %s\nuserName: %s@example.com\nactive: true\n' "$name" "$name" >"provisioned/users/$name@example.com.yaml"
done
printf 'id: data\ndisplayName: Data\nmembers:\n  - grace@example.com\n' >provisioned/groups/data.yaml
cat >access/data.yaml <<'YAML'
team: Data
grants:
  - deployment: prod
    role: viewer
    locations:
      finance: editor
YAML
cat >access/admins.yaml <<'YAML'
team: Admins
groups: []
users:
  - ada@example.com
  - lin@example.com
grants:
  - organization: admin
YAML
cat >dagroster.yaml <<YAML
version: 1
targets:
  acme: {kind: dagster-plus, organization: acme, url: "$url"}
YAML
git add --all && git commit --quiet --message "a roster"

# 3. Is everything well? What would happen? Do it. Is there anything left?
step check
step doctor
step reconcile
step reconcile --apply
step reconcile --detailed-exitcode

#!/usr/bin/env bash
# Plays the whole path once, on this machine only: an identity provider's requests become files and commits, an access
# file says who may do what, and `dagroster reconcile` applies it to an organisation that is kept in a file.
#
#   examples/quickstart.sh [--discard]
#
# It ends with exit 0 only if every step did what it should. The tree is left to be looked at; with --discard only when a
# step failed. DAGROSTER_BINARY names a program that is built already.
set -euo pipefail

case "$*" in
    "") keeps_tree=1 ;;
    --discard) keeps_tree="" ;;
    *) echo "usage: examples/quickstart.sh [--discard]" >&2 && exit 64 ;;
esac
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
scratch=$(mktemp -d "${TMPDIR:-/tmp}/dagroster-scratch.XXXXXX")
tree=$(mktemp -d "${TMPDIR:-/tmp}/dagroster-quickstart.XXXXXX")
server=""
step="start"
# A look at the tree must not hold up the server's own commits.
export GIT_OPTIONAL_LOCKS=0

clean_up() {
    local code=$?
    if [[ -n $server ]]; then
        kill -TERM "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    if ((code)); then
        echo
        echo "quickstart failed in the step \"$step\"; the tree is in $tree" >&2
        [[ ! -s $scratch/server.log ]] || { echo "the server said:" && tail -n 20 "$scratch/server.log"; } >&2
    fi
    rm -rf "$scratch"
    ((code)) || [[ $keeps_tree ]] || rm -rf "$tree"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

heading() {
    step=$1
    printf '\n== %s\n' "$step"
}

fail() {
    echo "$1" >&2
    exit 1
}

# request METHOD PATH STATUS [BODY]: shows the request's line and its status, which must be STATUS; the body of the
# answer is then in $answer. Entra adds the flag to every request when its administrator has set it.
request() {
    local method=$1 path=$2 wanted=$3 body=${4-} status
    local arguments=(--silent --show-error --max-time 30 --request "$method" --header "@$scratch/headers")
    [[ -z $body ]] || arguments+=(--data-binary "$body")
    status=$(curl "${arguments[@]}" --output "$scratch/answer" --write-out '%{http_code}' "$base$path") ||
        fail "$method $path: no answer"
    answer=$(<"$scratch/answer")
    printf '  %-6s %s  ->  %s\n' "$method" "$path" "$status"
    [[ $status == "$wanted" ]] || fail "expected $wanted; the answer was: $answer"
}

answer_has() { [[ $answer == *"$1"* ]] || fail "expected $1 in: $answer"; }

# The id in the last answer.
answer_id() {
    [[ $answer =~ \"id\":\ *\"([^\"]+)\" ]] || fail "no id in: $answer"
    id=${BASH_REMATCH[1]}
}

# An answer means that a change is in the journal; the files follow within a quarter of a second when all is quiet.
file_has() {
    for _ in {1..100}; do
        if grep -qsF -- "$2" "$tree/$1"; then return 0; fi
        sleep 0.1
    done
    fail "expected \"$2\" in $1"
}

file_lacks() {
    for _ in {1..100}; do
        if ! grep -qF -- "$2" "$tree/$1"; then return 0; fi
        sleep 0.1
    done
    fail "expected no \"$2\" in $1"
}

# Waits until everything under provisioned/ is committed: by default two seconds after the last change.
committed() {
    for _ in {1..300}; do
        [[ -n $(git -C "$tree" status --porcelain -- provisioned) ]] || return 0
        sleep 0.1
    done
    fail "provisioned/ was not committed"
}

# run WANTED COMMAND…: shows and runs one dagroster command in the tree; its exit code must be WANTED.
run() {
    local wanted=$1 code=0
    shift
    printf '  $ dagroster %s\n' "$*"
    (cd "$tree" && "$dagroster" "$@") >"$scratch/output" 2>&1 || code=$?
    sed 's/^/  | /' "$scratch/output"
    [[ $code == "$wanted" ]] || fail "dagroster $* ended with $code instead of $wanted"
}

output_has() { grep -qF -- "$1" "$scratch/output" || fail "expected \"$1\" in what dagroster printed"; }

heading "What it needs"
missing=()
command -v git >/dev/null || missing+=(git)
command -v curl >/dev/null || missing+=(curl)
command -v pkg-config >/dev/null || missing+=(pkg-config)
pkg-config --exists yaml-0.1 2>/dev/null || missing+=(libyaml-dev)
pkg-config --exists jemalloc 2>/dev/null || missing+=(libjemalloc-dev)
if ((${#missing[@]})); then
    echo "  installing ${missing[*]} with apt-get"
    as_root=(env)
    [[ $(id -u) == 0 ]] || as_root=(sudo)
    "${as_root[@]}" apt-get update -qq
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "${missing[@]}" >/dev/null
fi
command -v swift >/dev/null || [[ -n ${DAGROSTER_BINARY-} ]] || fail "no Swift toolchain: see https://swift.org/install"
echo "  git, curl, pkg-config, libyaml and jemalloc are there"

heading "Building dagroster (some minutes the first time)"
if [[ -n ${DAGROSTER_BINARY-} ]]; then
    dagroster=$DAGROSTER_BINARY
else
    (cd "$root" && swift build --product dagroster)
    dagroster="$(cd "$root" && swift build --show-bin-path)/dagroster"
fi
echo "  $dagroster"

heading "Making a tree"
run 0 init
token=$(cd "$tree" && "$dagroster" token create entra-prod) || fail "no token was made"
[[ -n $token ]] || fail "the token is empty"
echo "  \$ dagroster token create entra-prod     (printed once; only its hash is kept)"
(
    umask 077
    printf 'Authorization: Bearer %s\nContent-Type: application/scim+json\n' "$token" >"$scratch/headers"
)

heading "Serving SCIM on loopback"
(cd "$tree" && exec "$dagroster" serve --port 0 --admin-port 0) >"$scratch/server.log" 2>&1 &
server=$!
base=""
for _ in {1..300}; do
    base=$(sed -n 's/^serving SCIM on //p' "$scratch/server.log")
    [[ -z $base ]] || break
    kill -0 "$server" 2>/dev/null || fail "the server has ended"
    sleep 0.1
done
[[ -n $base ]] || fail "the server did not say where it serves"
echo "  serving SCIM on $base"

user="urn:ietf:params:scim:schemas:core:2.0:User"
enterprise="urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
group="urn:ietf:params:scim:schemas:core:2.0:Group"
patch='"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"]'

# create_user NAME GIVEN FAMILY: Entra looks first, then creates; the id is then in $id.
create_user() {
    local name=$1 given=$2 family=$3
    request GET "/Users?filter=userName+eq+%22${name/@/%40}%22" 200
    answer_has '"totalResults":0'
    request POST /Users 201 "{\"schemas\":[\"$user\",\"$enterprise\"],\"externalId\":\"$given-$family\",
        \"userName\":\"$name\",\"active\":true,\"displayName\":\"$given $family\",
        \"emails\":[{\"primary\":true,\"type\":\"work\",\"value\":\"$name\"}],\"meta\":{\"resourceType\":\"User\"},
        \"name\":{\"formatted\":\"$given $family\",\"familyName\":\"$family\",\"givenName\":\"$given\"},\"roles\":[]}"
    answer_id
}

heading "Entra tests the connection"
request GET "/Users?filter=userName+eq+%22f3b9c0de-0000-4000-8000-000000000000%22" 200
answer_has '"totalResults":0'
answer_has '"Resources":[]'

heading "Entra creates three people"
create_user ada@example.com Ada Lovelace
ada=$id
create_user grace@example.com Grace Hopper
grace=$id
create_user lin@example.com Lin Chen
lin=$id
committed

heading "Entra creates a group and adds them"
request GET "/Groups?excludedAttributes=members&filter=displayName+eq+%22Data+Platform%22" 200
answer_has '"totalResults":0'
request POST /Groups 201 "{\"schemas\":[\"$group\",
    \"http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group\"],
    \"externalId\":\"0d5b0d3f-5f3e-4a7c-9f0e-2f1d3c4b5a69\",\"displayName\":\"Data Platform\",
    \"meta\":{\"resourceType\":\"Group\"}}"
answer_id
platform=$id
request PATCH "/Groups/$platform" 200 "{$patch,\"Operations\":[{\"op\":\"Add\",\"path\":\"members\",\"value\":[
    {\"\$ref\":null,\"value\":\"$ada\"},{\"\$ref\":null,\"value\":\"$grace\"},{\"\$ref\":null,\"value\":\"$lin\"}]}]}"
file_has provisioned/groups/data-platform.yaml "  - grace@example.com"
committed

heading "Entra changes attributes, in its old and in its new manner"
request PATCH "/Users/$grace" 200 "{$patch,\"Operations\":[
    {\"op\":\"Replace\",\"path\":\"displayName\",\"value\":\"Rear Admiral Grace Hopper\"},
    {\"op\":\"Add\",\"path\":\"$enterprise:department\",\"value\":\"Compilers\"}]}"
request PATCH "/Users/$ada?aadOptscim062020" 200 "{$patch,\"Operations\":[
    {\"op\":\"replace\",\"value\":{\"title\":\"Analyst\",\"name.givenName\":\"Augusta\"}}]}"
file_has provisioned/users/grace@example.com.yaml "  department: Compilers"
file_has provisioned/users/ada@example.com.yaml "title: Analyst"

heading "Lin leaves the company, and Grace the group"
request PATCH "/Users/$lin" 200 "{$patch,\"Operations\":[{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}]}"
file_has provisioned/users/lin@example.com.yaml "active: false"
request PATCH "/Groups/$platform" 200 "{$patch,\"Operations\":[{\"op\":\"Remove\",\"path\":\"members\",\"value\":[
    {\"\$ref\":null,\"value\":\"$grace\"}]}]}"
file_lacks provisioned/groups/data-platform.yaml grace
committed

heading "What a reviewer sees"
echo "  \$ git log --oneline --stat"
git -C "$tree" --no-pager log --oneline --stat --no-color | sed 's/^/  | /'
echo "  \$ git log -p -1"
git -C "$tree" --no-pager log -p -1 --no-color >"$scratch/output"
sed 's/^/  | /' "$scratch/output"
output_has "-  - grace@example.com"
output_has "+active: false"
output_has "Dagroster-Source: entra-prod"

heading "People say who may do what"
cat >"$tree/access/data-platform.yaml" <<'YAML'
team: Data Platform
users: [grace@example.com]
reason: DATA-1234
grants:
  - deployment: prod
    role: viewer
    locations:
      finance: editor
YAML
cat >"$tree/access/admins.yaml" <<'YAML'
team: Admins
groups: []
users: [ada@example.com]
grants:
  - organization: admin
YAML
cat >"$tree/target.yaml" <<'YAML'
organization: acme
deployments:
  prod: {locations: [finance, marketing]}
  staging: {}
YAML
sed 's/^/  | /' "$tree/access/data-platform.yaml"
run 0 check
git -C "$tree" add access
git -C "$tree" -c user.name=Lin -c user.email=lin@example.com commit --quiet -m "Data Platform may look at prod"

heading "What reconcile would change (a dry run)"
cp "$tree/target.yaml" "$scratch/before.yaml"
run 2 reconcile --detailed-exitcode
output_has "grace@example.com"
cmp -s "$tree/target.yaml" "$scratch/before.yaml" || fail "a dry run wrote to the target"

heading "Applying it"
run 0 reconcile --apply
file_has target.yaml "  Data Platform:"
if grep -qF lin@example.com "$tree/target.yaml"; then fail "Lin has left but is in the target"; fi
sed 's/^/  | /' "$tree/target.yaml"

heading "Once more: nothing to do"
run 0 reconcile --detailed-exitcode
output_has "nothing to do"

heading "Stopping the server"
kill -TERM "$server"
code=0
wait "$server" || code=$?
server=""
((code == 0)) || fail "the server ended with $code"
[[ -z $(git -C "$tree" status --porcelain -- provisioned) ]] || fail "the server left changes uncommitted"
echo "  it ended with exit 0, and everything under provisioned/ is committed"

printf '\nEvery step did what it should.'
[[ ! $keeps_tree ]] || printf ' The tree is in %s' "$tree"
echo

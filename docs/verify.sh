#!/usr/bin/env bash
# Checks that the published history of the register was not rewritten: walks from the newest publication to the first
# and compares each manifest's SHA-256 with what the manifest after it says. Needs curl, sha256sum and jq.
#
#   verify.sh ADDRESS [--files] [--known REVISION:SHA256]...
#
# --files   checks every file of every publication too.
# --known   checks a hash that you wrote down earlier; the last line of a run is one to write down.
#
# Exit code 0: everything is as it should be. 1: something is not, or cannot be had. 2: wrong arguments.
set -euo pipefail

usage() {
  sed -n '5,8s/^# \{0,1\}//p' "$0" >&2
  exit 2
}

fail() {
  printf 'FAILED: %s\n' "$1" >&2
  exit 1
}

fetch() { curl --fail --silent --show-error --retry 2 "$1" || fail "cannot fetch $1"; }

address='' check_files=false
declare -A known=()
while (($# > 0)); do
  case "$1" in
    --files) check_files=true ;;
    --known)
      [[ "${2:-}" =~ ^([1-9][0-9]*):([0-9a-f]{64})$ ]] || usage
      known[${BASH_REMATCH[1]}]=${BASH_REMATCH[2]}
      shift
      ;;
    -*) usage ;;
    *)
      [[ -z "$address" ]] || usage
      address=${1%/}
      ;;
  esac
  shift
done
[[ -n "$address" ]] || usage

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sha256_of() { sha256sum "$1" | cut -d ' ' -f 1; }

check_files_of() {
  local url sha256
  while IFS=$'\t' read -r url sha256; do
    fetch "$address$url" >"$work/file"
    [[ "$(sha256_of "$work/file")" == "$sha256" ]] || fail "$url does not have the SHA-256 that its manifest states"
  done < <(jq --raw-output '.files[] | [.url, .sha256] | @tsv' "$1")
}

fetch "$address/publications/" >"$work/list"
newest=$(jq '.revision' "$work/list")
newest_sha256=$(jq --raw-output '.publications[0].sha256' "$work/list")

revision=$newest
expected=$newest_sha256
while true; do
  manifest="$work/manifest"
  fetch "$address/publications/$revision/manifest.json" >"$manifest"
  actual=$(sha256_of "$manifest")
  [[ "$actual" == "$expected" ]] || fail "the manifest of revision $revision has the SHA-256 $actual; the chain says $expected"
  [[ "${known[$revision]:-$actual}" == "$actual" ]] || fail "the manifest of revision $revision has the SHA-256 $actual; you know ${known[$revision]}"
  unset "known[$revision]"
  [[ "$(jq '.revision' "$manifest")" == "$revision" ]] || fail "the manifest of revision $revision is of another revision"
  if $check_files; then check_files_of "$manifest"; fi

  previous=$(jq --raw-output '.previous | if . == null then "" else "\(.revision) \(.sha256)" end' "$manifest")
  [[ -n "$previous" ]] || break
  [[ "${previous% *}" == $((revision - 1)) ]] || fail "revision $revision follows ${previous% *}"
  revision=${previous% *}
  expected=${previous#* }
done

((revision == 1)) || fail "the chain ends at revision $revision, not at 1"
((${#known[@]} == 0)) || fail "there is no revision ${!known[*]}; the newest is $newest"
printf 'OK: revisions 1 to %s are one unbroken chain. Write down:\n%s:%s\n' "$newest" "$newest" "$newest_sha256"

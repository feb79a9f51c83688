#!/usr/bin/env bash
# Verifies that the published history of the register has not been altered: reads the publications from the newest to the first
# and compares the SHA-256 of each manifest with the one in the next manifest. Requires curl, sha256sum and jq.
#
#   verify.sh URL [--files] [--known REVISION:SHA256]...
#
# --files   also verifies every file of every publication.
# --known   verifies a hash that you recorded earlier; the last line of the output is one to record.
#
# A revision that is missing between two others, or before the first, is reported, and the rest is still verified.
#
# Exit code 0: verified. 1: a difference or a missing revision was found, or a file is not available. 2: wrong arguments.
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

# A file that has not changed since an earlier revision has the same URL in both manifests and is fetched once.
declare -A verified=()
check_files_of() {
  local url sha256 file wrong files=()
  rm -rf "$work/files"
  while IFS=$'\t' read -r url sha256; do
    if [[ "${verified[$url]:-}" != "$sha256" ]]; then
      files+=("$url")
      verified[$url]=$sha256
    fi
  done < <(jq --raw-output '.files[] | [.url, .sha256] | @tsv' "$1")
  ((${#files[@]} > 0)) || return 0

  for file in "${files[@]}"; do
    printf 'url = "%s"\noutput = "%s"\n' "$address$file" "$work/files$file"
  done >"$work/config"
  curl --fail --fail-early --silent --show-error --retry 2 --create-dirs --config "$work/config" || fail "cannot fetch the files of revision $revision"
  for file in "${files[@]}"; do
    printf '%s  %s\n' "${verified[$file]}" ".$file"
  done >"$work/hashes"
  if ! (cd "$work/files" && sha256sum --quiet --check "$work/hashes") >"$work/differences" 2>/dev/null; then
    wrong=$(sed -n '1s/^\.\(.*\): FAILED.*/\1/p' "$work/differences")
    fail "$wrong does not have the SHA-256 in its manifest"
  fi
}

fetch "$address/publications/" >"$work/list"
newest=$(jq '.revision' "$work/list")
newest_sha256=$(jq --raw-output '.publications[0].sha256' "$work/list")

revision=$newest
expected=$newest_sha256
missing=()
while true; do
  manifest="$work/manifest"
  fetch "$address/publications/$revision/manifest.json" >"$manifest"
  actual=$(sha256_of "$manifest")
  [[ "$actual" == "$expected" ]] || fail "the manifest of revision $revision has the SHA-256 $actual; the chain contains $expected"
  [[ "${known[$revision]:-$actual}" == "$actual" ]] || fail "the manifest of revision $revision has the SHA-256 $actual; you recorded ${known[$revision]}"
  unset "known[$revision]"
  [[ "$(jq '.revision' "$manifest")" == "$revision" ]] || fail "the manifest of revision $revision belongs to another revision"
  if $check_files; then check_files_of "$manifest"; fi

  previous=$(jq --raw-output '.previous | if . == null then "" else "\(.revision) \(.sha256)" end' "$manifest")
  before=${previous% *}
  ((${before:-0} < revision)) || fail "revision $revision follows ${before}"
  if ((${before:-0} + 1 == revision - 1)); then
    missing+=("$((revision - 1))")
  elif ((${before:-0} + 1 < revision)); then
    missing+=("$((${before:-0} + 1))-$((revision - 1))")
  fi
  [[ -n "$previous" ]] || break
  revision=$before
  expected=${previous#* }
done

((${#known[@]} == 0)) || fail "revision ${!known[*]} does not exist; the newest is $newest"
if ((revision > 1)); then
  fail "the chain was reset: it ends at revision $revision, not at 1"
fi
if ((${#missing[@]} > 0)); then
  fail "the chain has gaps: revisions ${missing[*]} are missing. All other revisions from 1 to $newest are verified"
fi
printf 'OK: revisions 1 to %s are one unbroken chain. Record:\n%s:%s\n' "$newest" "$newest" "$newest_sha256"

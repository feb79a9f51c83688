#!/usr/bin/env bash
# Smoke test of a deployed platform: .github/smoke.sh https://address
# Waits for a cold start and the first refresh. Exit code 0: all responses are as expected.
set -uo pipefail

readonly base="${1:?the URL of the platform, such as https://example.se}"
readonly patience="${SMOKE_PATIENCE_SECONDS:-300}"

failed=0

status() { curl --silent --show-error --max-time 60 --output /dev/null --write-out '%{http_code}' "$@"; }

wait_until_ready() {
  local answer
  until answer=$(curl --silent --max-time 60 "$base/health/ready") && [[ "$answer" == *'"status":"ready"'* ]]; do
    if ((SECONDS > patience)); then
      printf 'FAILED: not ready after %s s: %s\n' "$patience" "${answer:-no answer}"
      exit 1
    fi
    sleep 5
  done
  printf 'ready: %s\n' "$answer"
}

expect() {
  local wanted=$1 got
  shift
  got=$(status "$@")
  if [[ "$got" == "$wanted" ]]; then
    printf '%s %s\n' "$got" "${*: -1}"
  else
    printf 'FAILED: %s instead of %s: %s\n' "$got" "$wanted" "$*"
    failed=1
  fi
}

wait_until_ready
expect 200 "$base/"
expect 200 "$base/health/live"
expect 200 "$base/odata/v1/"
expect 200 "$base/odata/v1/\$metadata"
expect 200 "$base/odata/v1/offices?\$top=1&\$count=true"
expect 400 "$base/odata/v1/offices?\$top=none"
expect 200 "$base/downloads/offices.csv"
expect 200 "$base/feeds/changes.atom"
expect 200 "$base/openapi.json"
# Writing requires a key.
expect 401 --request POST "$base/register/refresh"
exit "$failed"

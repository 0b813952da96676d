#!/usr/bin/env bash
# run.sh COMMAND...: runs a Halfpast command in a workflow. Its output goes to the log and the summary of the run. The
# output may quote text from outside, so GitHub must not interpret any of it as a workflow command. Exit code 3,
# "nothing to do, on purpose", is a success.
set -uo pipefail
code=0
output="$(mktemp)"
token="$(cat /proc/sys/kernel/random/uuid)"
printf '::stop-commands::%s\n' "$token"
node "$(dirname "$0")/../../scripts/halfpast.ts" "$@" 2>&1 | tee "$output" || code=$?
printf '\n::%s::\n' "$token"
case "$code" in 0) result=Done ;; 3) result='Nothing to do' ;; *) result=Failed ;; esac
{
  echo "### $result: $1"
  sed 's/^/    /' "$output"
  # URLs in a code block aren't links, so list those of this repository below it.
  printf '\n'
  grep -oE "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/[A-Za-z0-9/_.#-]+" "$output" | sort -u | sed 's/^/- /'
} >> "$GITHUB_STEP_SUMMARY"
if [ "$code" -eq 0 ]; then echo 'ready=true' >> "$GITHUB_OUTPUT"; fi
[ "$code" -eq 0 ] || [ "$code" -eq 3 ]

#!/usr/bin/env bash
# told.sh STEP COMMAND...: runs a command of Halfpast, keeps what it prints in told/ for the job that
# tells the author, and shows it. What it prints may quote a title from outside, so GitHub is asked to
# take none of it for a command of its own. Ends with the exit code of the command.
set -uo pipefail
step="$1"
shift
mkdir -p told
printf '%s\n' "$step" > told/step.txt
code=0
"$@" > told/lines.txt 2>&1 || code=$?
token="$(cat /proc/sys/kernel/random/uuid)"
printf '::stop-commands::%s\n' "$token"
cat told/lines.txt
printf '\n::%s::\n' "$token"
exit "$code"

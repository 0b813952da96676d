#!/usr/bin/env bash
# run-step.sh STEP COMMAND...: runs a Halfpast command, shows its output, and keeps it in step/ for the comment on
# the commit. The output may quote text from outside, so GitHub must not take any of it for a workflow command.
# Exits with the code of the command.
set -uo pipefail
step="$1"
shift
mkdir -p step
printf '%s\n' "$step" > step/step.txt
rm -f step/problems.json
code=0
"$@" > step/lines.txt 2>&1 || code=$?
# As data, the problems get links and corrected lines in the comment.
if [ "$step" = check ] && [ "$code" -eq 1 ]; then "$@" --json > step/problems.json 2> /dev/null; fi
token="$(cat /proc/sys/kernel/random/uuid)"
printf '::stop-commands::%s\n' "$token"
cat step/lines.txt
printf '\n::%s::\n' "$token"
exit "$code"

#!/usr/bin/env bash
# Opens, rewrites or closes one issue about drift. Usage: report.sh EXIT_CODE MARKDOWN_FILE
# Needs curl, node and DRIFT_ISSUE_TOKEN; GitLab sets CI_API_V4_URL and CI_PROJECT_ID.
set -euo pipefail

code=$1
report=$2
label=zero-trust-drift
title="Zero Trust settings drifted"
issues="$CI_API_V4_URL/projects/$CI_PROJECT_ID/issues"

# Arguments are visible to every process of the machine, so curl reads the token from standard input.
api() {
  printf 'header = "PRIVATE-TOKEN: %s"\n' "$DRIFT_ISSUE_TOKEN" |
    curl --silent --show-error --fail --config - "$@"
}

open=$(api "$issues?labels=$label&state=opened&per_page=1")
number=$(node -p 'JSON.parse(process.argv[1])[0]?.iid ?? ""' "$open")

if [ "$code" -eq 0 ]; then
  if [ -n "$number" ]; then
    api --request PUT --data-urlencode "state_event=close" "$issues/$number" > /dev/null
  fi
elif [ -s "$report" ]; then # a check that did not start writes no report
  if [ -n "$number" ]; then
    api --request PUT --data-urlencode "description@$report" "$issues/$number" > /dev/null
  else
    api --request POST --data-urlencode "title=$title" --data-urlencode "labels=$label" \
      --data-urlencode "description@$report" "$issues" > /dev/null
  fi
fi

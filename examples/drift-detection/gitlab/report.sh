#!/usr/bin/env bash
# Keeps one issue about drift: report.sh EXIT_CODE MARKDOWN_FILE
# Needs curl and node, DRIFT_ISSUE_TOKEN, and GitLab's own CI_API_V4_URL and CI_PROJECT_ID.
set -euo pipefail

code=$1
report=$2
label=zero-trust-drift
title="Zero Trust settings drifted"
issues="$CI_API_V4_URL/projects/$CI_PROJECT_ID/issues"

# The token goes through standard input: arguments can be read by every process of the machine.
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
elif [ -s "$report" ]; then # without a report the check did not get that far
  if [ -n "$number" ]; then
    api --request PUT --data-urlencode "description@$report" "$issues/$number" > /dev/null
  else
    api --request POST --data-urlencode "title=$title" --data-urlencode "labels=$label" \
      --data-urlencode "description@$report" "$issues" > /dev/null
  fi
fi

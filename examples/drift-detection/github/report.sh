#!/usr/bin/env bash
# Keeps one issue about drift: report.sh EXIT_CODE MARKDOWN_FILE
# Needs the GitHub CLI with GH_TOKEN and GH_REPO.
set -euo pipefail

code=$1
report=$2
label=zero-trust-drift
title="Zero Trust settings drifted"

number=$(gh issue list --label "$label" --state open --limit 1 --json number --jq '.[0].number // empty')

if [ "$code" -eq 0 ]; then
  if [ -n "$number" ]; then
    gh issue close "$number" --comment "No drift any more."
  fi
elif [ -s "$report" ]; then # without a report the check did not get that far
  if [ -n "$number" ]; then
    gh issue edit "$number" --body-file "$report"
  else
    gh label create "$label" --description "Found by drift detection" --force
    gh issue create --title "$title" --label "$label" --body-file "$report"
  fi
fi

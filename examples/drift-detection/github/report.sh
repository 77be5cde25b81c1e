#!/usr/bin/env bash
# Opens, rewrites or closes one issue about drift. Usage: report.sh EXIT_CODE MARKDOWN_FILE
# Needs the GitHub CLI, GH_TOKEN and GH_REPO.
set -euo pipefail

code=$1
report=$2
label=zero-trust-drift
title="Zero Trust settings drifted"

number=$(gh issue list --label "$label" --state open --limit 1 --json number --jq '.[0].number // empty')

if [ "$code" -eq 0 ]; then
  if [ -n "$number" ]; then
    gh issue close "$number" --comment "The check found no drift."
  fi
elif [ -s "$report" ]; then # a check that did not start writes no report
  if [ -n "$number" ]; then
    gh issue edit "$number" --body-file "$report"
  else
    gh label create "$label" --description "Found by drift detection" --force
    gh issue create --title "$title" --label "$label" --body-file "$report"
  fi
fi

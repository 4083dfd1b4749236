#!/usr/bin/env bash
# Brings PublicAPI.Unshipped.txt of every project in src/ up to date with the code. Read the diff before you commit it.
set -euo pipefail
cd "$(dirname "$0")/.."
for project in src/*/*.csproj; do
  file="$(dirname "$project")/PublicAPI.Unshipped.txt"
  [ -f "$file" ] || continue # The contracts of stores are tests: their surface isn't tracked.
  # A build tells of the projects below, too, until their turn comes.
  output="$(dotnet build "$project" --no-incremental -v q -clp:NoSummary 2>&1 | grep -F "$project]" || true)"
  symbols() { sed -n "s/.*$1: Symbol '\(.*\)' is .*/\1/p" <<<"$output" | sort -u; }
  {
    echo '#nullable enable'
    { grep -v '^#nullable' "$file" | grep -vxFf <(symbols RS0017) || true; symbols RS0016; } | LC_ALL=C sort -u | sed '/^$/d'
  } >"$file.new"
  mv "$file.new" "$file"
done
git --no-pager diff --stat -- 'src/*/PublicAPI.Unshipped.txt'

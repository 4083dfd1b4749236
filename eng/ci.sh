#!/usr/bin/env bash
# The steps of the workflows in .github/, so that each runs on any machine with the .NET SDK and bash: eng/ci.sh build|test|pack [VERSION]
set -euo pipefail
cd "$(dirname "$0")/.."

# Test projects that need nothing but the SDK, on any system. All tests, with what they need, are .ci/run.
anywhere=(Abstractions Architecture Conformance)

case "${1:-}" in
  build)
    dotnet build frat.sln
    ;;
  test)
    for project in "${anywhere[@]}"; do
      dotnet test "tests/Frat.$project.Tests" --no-build
    done
    ;;
  pack) # Each package is held against its own rules, and against the last release where Directory.Build.props names one.
    dotnet build eng/Pack.proj ${FRAT_REPOSITORY_URL:+"-p:FratRepositoryUrl=$FRAT_REPOSITORY_URL"} ${2:+"-p:Version=${2#v}"}
    ;;
  *)
    sed -n '2s/^# //p' "$0" >&2
    exit 2
    ;;
esac

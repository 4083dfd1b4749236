#!/usr/bin/env bash
# Compiles what was built already to machine code, where it lies: eng/ahead.sh [CONFIGURATION]. The tests start many processes, and most of
# what each of them would compute is to compile EF Core, and FRAT, once more. The files keep their IL, and do what they did. What computes
# with vectors stays as it is: there, it is tested what .NET makes of it on processors with fewer instructions.
set -euo pipefail
cd "$(dirname "$0")/.."

configuration=${1:-Release}
framework=net10.0
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT
found() { dotnet msbuild eng/Ahead.csproj -restore -verbosity:quiet -target:Find -getProperty:"$1"; }
compiler=$(found Compiler) runtimes=$(found Runtimes) version=$(found RuntimeVersion)
export compiler runtimes version work

# "HASH FILE": each assembly is compiled once, however many projects have a copy of it: what programs are made of, and what most tests run in.
# A project of tests is run once, and so is what one of them uses alone, such as a compiler.
vectors=(Frat.dll Frat.Dlib.dll Frat.Vision.dll System.Numerics.Tensors.dll)
files() {
    find "$@" -path "*/bin/$configuration/$framework/*" -name '*.dll' -not -path "*/$framework/*/*" -print0 |
        grep --null-data --invert-match --fixed-strings "${vectors[@]/#/--regexp=/}" | xargs --null md5sum
}
files src samples >"$work/programs"
files tests >"$work/tests"
awk '++copies[$1] == 8' "$work/tests" >"$work/common"

compile() {
    "$compiler" "$2" --out "$work/$1" --targetos linux --targetarch x64 --optimize \
        --reference "$runtimes/Microsoft.NETCore.App/$version/*.dll" --reference "$runtimes/Microsoft.AspNetCore.App/$version/*.dll" \
        --reference "$(dirname "$2")/*.dll" >"$work/$1.log" 2>&1 || { echo "$2 is left as it is: $(head -1 "$work/$1.log")"; rm -f "$work/$1"; }
}
export -f compile
cat "$work/programs" "$work/common" | awk '!seen[$1]++' | xargs --max-procs="$(nproc)" --max-args=2 bash -c 'compile "$@"' _

# Only now: what is compiled reads the others.
while read -r hash file; do
    if [ -f "$work/$hash" ]; then cp "$work/$hash" "$file"; fi
done < <(cat "$work/programs" "$work/tests")

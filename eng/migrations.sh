#!/usr/bin/env bash
# Makes the migration that is not released yet anew from the model, for each database: the released ones stay as they are. Run it
# after a change of the model or after a merge (of two versions of the migration take either), and read the diff before you commit it.
# What isn't in the model, such as triggers, is in Migrations/HandWritten.cs: the migration calls it.
set -euo pipefail
cd "$(dirname "$0")/.."

# Project, folder in it, context, the migration that is not released (its time is fixed, so that two versions of it meet in one file), and
# the one before it.
make() {
  local project="$1" output="$2" context="$3" name="$4" id="$5_$4" released="${6:-}"
  local folder="$project/$output"
  local snapshot="$folder/${context}ModelSnapshot.cs"
  mkdir -p "$folder"
  rm -f "$folder"/*_"$name".cs "$folder"/*_"$name".Designer.cs "$snapshot"
  if [ -n "$released" ]; then
    # The snapshot as it was at the released migration: its designer file holds the same model.
    sed -e '/using Microsoft.EntityFrameworkCore.Migrations;/d' -e '/\[Migration(/d' \
      -e "s/sealed partial class ${released#*_}/sealed partial class ${context}ModelSnapshot : ModelSnapshot/" \
      -e 's/void BuildTargetModel(/void BuildModel(/' "$folder/$released.Designer.cs" >"$snapshot"
  fi

  dotnet tool run dotnet-ef migrations add "$name" --project "$project" --context "$context" --output-dir "$output"
  local made
  made="$(basename "$(ls "$folder"/*_"$name".cs)" .cs)"
  sed -i "s/\[Migration(\"$made\")\]/[Migration(\"$id\")]/" "$folder/$made.Designer.cs"
  for suffix in .cs .Designer.cs; do
    [ "$made" = "$id" ] || mv "$folder/$made$suffix" "$folder/$id$suffix"
  done

  sed -i -E -e '1s/^\xEF\xBB\xBF//' -e 's/^    (public )?partial class /    internal sealed partial class /' "$folder/$id.cs" "$folder/$id.Designer.cs" "$snapshot"
  # Up ends with what is written by hand. There is no Down: FRAT never goes back.
  awk -v name="$name" -v byHand="$([ -f "$folder/HandWritten.cs" ] && echo 1)" '
    /void Up\(/ { up = 1 }
    up && /^        }$/ { if (byHand) { print ""; print "            HandWritten." name "Up(migrationBuilder);" } print; print "    }"; print "}"; exit }
    { print }
  ' "$folder/$id.cs" >"$folder/$id.cs.new"
  mv "$folder/$id.cs.new" "$folder/$id.cs"
}

export FratMakesMigrations=true # Brings EF Core's design-time package into the projects.
dotnet tool restore >/dev/null
make src/Frat.Storage.EfCore.Sqlite Migrations FratDbContext Initial 20261128180000
make src/Frat.Storage.EfCore.PostgreSql Migrations FratDbContext Initial 20261128180000
make samples/Frat.WebHost Database/Migrations/Sqlite SqliteHostContext Initial 20261129000000
make samples/Frat.WebHost Database/Migrations/PostgreSql PostgreSqlHostContext Initial 20261129000000
git --no-pager diff --stat -- '*/Migrations'

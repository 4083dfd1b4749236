using Microsoft.EntityFrameworkCore.Migrations;

namespace Frat.Storage.EfCore.Sqlite.Migrations;

/// <summary>
/// What the model can't say, such as triggers. The migrations that <c>eng/migrations.sh</c> makes call it last.
/// </summary>
internal static class HandWritten
{
    // The audit trail is append-only for everybody who comes by SQL, FRAT included.
    private static readonly string[] AuditGuards = ["UPDATE", "DELETE"];

    private static readonly string[] AppendOnly = ["audit_entries", "audit_seals"];

    public static void InitialUp(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        foreach (var table in AppendOnly)
        {
            foreach (var guarded in AuditGuards)
            {
                migrationBuilder.Sql(
                    $"""
                    CREATE TRIGGER {table}_no_{guarded} BEFORE {guarded} ON {table}
                    BEGIN SELECT RAISE(ABORT, 'The audit trail is append-only.'); END;
                    """);
            }
        }

        // REPLACE deletes the row that is in its way without a word to the guards. An entry to which the database gives the sequence is
        // told of only afterwards.
        foreach (var table in AppendOnly)
        {
            migrationBuilder.Sql(
                $"""
                CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table}
                WHEN EXISTS (SELECT 1 FROM {table} WHERE sequence = NEW.sequence)
                BEGIN SELECT RAISE(ABORT, 'The audit trail is append-only.'); END;
                """);
            migrationBuilder.Sql(
                $"""
                CREATE TRIGGER {table}_no_earlier AFTER INSERT ON {table}
                WHEN NEW.sequence < (SELECT max(sequence) FROM {table})
                BEGIN SELECT RAISE(ABORT, 'The audit trail is append-only.'); END;
                """);
        }
    }
}

using Microsoft.EntityFrameworkCore.Migrations;

namespace Frat.Storage.EfCore.Sqlite.Migrations;

/// <summary>
/// What the model can't say, such as triggers. The migrations that <c>eng/migrations.sh</c> makes call it: <c>…Up</c> last, and
/// <c>…Down</c> first.
/// </summary>
internal static class HandWritten
{
    // The audit trail is append-only for everybody who comes by SQL, FRAT included.
    private static readonly string[] AuditGuards = ["UPDATE", "DELETE"];

    private static readonly string[] AppendOnly = ["audit_entries", "audit_seals"];

    public static void RecordsUp(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        foreach (var guarded in AuditGuards)
        {
            migrationBuilder.Sql(
                $"CREATE TRIGGER audit_entries_no_{guarded} BEFORE {guarded} ON audit_entries BEGIN SELECT RAISE(ABORT, 'The audit trail is append-only.'); END;");
        }
    }

    public static void RecordsDown(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        foreach (var guarded in AuditGuards)
        {
            migrationBuilder.Sql($"DROP TRIGGER audit_entries_no_{guarded};");
        }
    }

    public static void RetentionUp(MigrationBuilder migrationBuilder) => RetentionRecords.Fill(migrationBuilder);

    public static void RetentionDown(MigrationBuilder migrationBuilder) => RetentionRecords.Clear(migrationBuilder);

    public static void SafeguardsUp(MigrationBuilder migrationBuilder)
    {
        DayRecords.Fill(migrationBuilder);
        foreach (var guarded in AuditGuards)
        {
            migrationBuilder.Sql(
                $"CREATE TRIGGER audit_seals_no_{guarded} BEFORE {guarded} ON audit_seals BEGIN SELECT RAISE(ABORT, 'The audit trail is append-only.'); END;");
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

    public static void SafeguardsDown(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        foreach (var guarded in AuditGuards)
        {
            migrationBuilder.Sql($"DROP TRIGGER audit_seals_no_{guarded};");
        }

        foreach (var table in AppendOnly)
        {
            migrationBuilder.Sql($"DROP TRIGGER {table}_no_replace;");
            migrationBuilder.Sql($"DROP TRIGGER {table}_no_earlier;");
        }
    }
}

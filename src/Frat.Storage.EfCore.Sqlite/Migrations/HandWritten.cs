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

    public static void SafeguardsUp(MigrationBuilder migrationBuilder) => DayRecords.Fill(migrationBuilder);

    public static void SafeguardsDown(MigrationBuilder migrationBuilder) => ArgumentNullException.ThrowIfNull(migrationBuilder);
}

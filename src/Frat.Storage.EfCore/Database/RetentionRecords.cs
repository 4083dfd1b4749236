using Microsoft.EntityFrameworkCore.Migrations;

namespace Frat.Storage.EfCore;

/// <summary>What the migration <c>Retention</c> makes of the records of before, in SQL that every database understands.</summary>
internal static class RetentionRecords
{
    /// <summary>
    /// When people were last recognised, without which everybody's templates would seem unused; and since when those are inactive who are.
    /// Their days are derived anew, by whichever host starts first.
    /// </summary>
    public static void Fill(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql(
            """
            UPDATE people SET last_recognized_at = (SELECT max(instant) FROM punches WHERE punches.person_id = people.id AND punches.method = 'Face');
            """);
        migrationBuilder.Sql(
            """
            INSERT INTO inactive_periods (id, person_id, since)
            SELECT id, id, coalesce(
                (SELECT max(at) FROM audit_entries WHERE audit_entries.person_id = people.id AND audit_entries.action = 'person.deactivated'), enrolled_at)
            FROM people WHERE NOT is_active;
            """);
        migrationBuilder.Sql(
            "INSERT INTO derivations (first_date, last_date) SELECT '1900-01-01', '9999-12-30' WHERE EXISTS (SELECT 1 FROM people WHERE NOT is_active);");
    }

    /// <summary>The version before doesn't keep it.</summary>
    public static void Clear(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql("UPDATE people SET last_recognized_at = NULL;");
    }
}

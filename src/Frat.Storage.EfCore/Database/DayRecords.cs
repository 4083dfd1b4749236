using Microsoft.EntityFrameworkCore.Migrations;

namespace Frat.Storage.EfCore;

/// <summary>What the migration <c>Safeguards</c> makes of the days of before, in SQL that every database understands.</summary>
internal static class DayRecords
{
    /// <summary>
    /// All days are derived anew, by whichever host starts first: the rules that they were derived by gave some punches to the wrong day,
    /// and lost absences.
    /// </summary>
    public static void Fill(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql(
            """
            INSERT INTO derivations (first_date, last_date) SELECT '1900-01-01', '9999-12-30'
            WHERE EXISTS (SELECT 1 FROM attendance_days) OR EXISTS (SELECT 1 FROM schedules) OR EXISTS (SELECT 1 FROM leaves);
            """);
    }
}

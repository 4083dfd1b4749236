using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Frat.Storage.EfCore.Sqlite.Migrations;

/// <summary>
/// Brings what was recorded before <c>Records</c> into its form. By hand, and on its own: the tables are rebuilt at the end of
/// that migration, too late for it. A day's and a receipt's time of day were renamed to columns that hold a date and time, and a date.
/// </summary>
[DbContext(typeof(FratDbContext))]
[Migration("20261126220001_RecordsOfBefore")]
internal sealed class RecordsOfBefore : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        ArgumentNullException.ThrowIfNull(migrationBuilder);
        migrationBuilder.Sql(
            """
            UPDATE attendance_days SET
              kind = 'Unscheduled', first_in = date || ' ' || listed_at, listed_at = date || ' ' || listed_at,
              punch_count = max(1, (SELECT count(*) FROM punches
                WHERE punches.person_id = attendance_days.person_id AND local_time >= attendance_days.date AND local_time < date(attendance_days.date, '+1 day')))
            WHERE kind = '';
            """);
        migrationBuilder.Sql(
            """
            UPDATE punches SET
              receipt_kind = 'Unscheduled', receipt_first_in = date(local_time) || ' ' || receipt_date, receipt_date = date(local_time), receipt_punch_count = 1
            WHERE receipt_kind = '';
            """);
    }
}

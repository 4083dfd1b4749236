using Microsoft.EntityFrameworkCore.Migrations;

namespace Frat.Storage.EfCore.Sqlite.Migrations;

/// <summary>
/// What the model can't say, such as triggers. The migrations that <c>eng/migrations.sh</c> makes call it: <c>…Up</c> last, and
/// <c>…Down</c> first.
/// </summary>
internal static class HandWritten
{
    public static void RecordsUp(MigrationBuilder migrationBuilder) => ArgumentNullException.ThrowIfNull(migrationBuilder);

    public static void RecordsDown(MigrationBuilder migrationBuilder) => ArgumentNullException.ThrowIfNull(migrationBuilder);
}

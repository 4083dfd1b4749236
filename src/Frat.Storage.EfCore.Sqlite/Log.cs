using Microsoft.Extensions.Logging;

namespace Frat.Storage.EfCore.Sqlite;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Brought the database {Path} up to date: {Migrations} migration(s) applied")]
    public static partial void Migrated(ILogger logger, string path, int migrations);
}

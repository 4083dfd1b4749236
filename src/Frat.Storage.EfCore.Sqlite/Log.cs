using Microsoft.Extensions.Logging;

namespace Frat.Storage.EfCore.Sqlite;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Brought the database {Path} up to date: {Migrations} migration(s) applied")]
    public static partial void Migrated(ILogger logger, string path, int migrations);

    [LoggerMessage(
        2,
        LogLevel.Warning,
        "Every account of this machine may read {Path}, and with it names, employee IDs and attendance. Forbid it: chmod 600 \"{Path}\"")]
    public static partial void OpenToOthers(ILogger logger, string path);
}

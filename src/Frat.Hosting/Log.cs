using Microsoft.Extensions.Logging;

namespace Frat.Hosting;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "People and attendance are kept in {Database}.")]
    public static partial void DatabaseChosen(ILogger logger, string database);

    [LoggerMessage(2, LogLevel.Information, "The keys that templates are encrypted with are in {Keys}.")]
    public static partial void KeysChosen(ILogger logger, string keys);

    [LoggerMessage(
        3,
        LogLevel.Warning,
        "The database is among the program's files in {Folder}, where earlier versions had it. To have it in the account's data folder, "
            + "stop the host and move frat.db and frat.db.keys there.")]
    public static partial void DatabaseAmongTheProgram(ILogger logger, string folder);
}

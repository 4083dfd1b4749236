using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Frat.Storage.EfCore;

/// <summary>What EF Core logs of FRAT's contexts, whatever the database.</summary>
internal static class EfCoreEvents
{
    /// <summary>
    /// Lowers to debug what says nothing to operators: the stores throw what they can't mend, and the caller decides what is worth
    /// a line in the log. Commands run all the time.
    /// </summary>
    public static DbContextOptionsBuilder LogQuietly(this DbContextOptionsBuilder options) =>
        options.ConfigureWarnings(warnings => warnings.Log(
            (RelationalEventId.CommandExecuted, LogLevel.Debug),
            (RelationalEventId.CommandError, LogLevel.Debug),
            (RelationalEventId.ConnectionError, LogLevel.Debug),
            (RelationalEventId.TransactionError, LogLevel.Debug),
            (CoreEventId.ExecutionStrategyRetrying, LogLevel.Debug),
            (CoreEventId.SaveChangesFailed, LogLevel.Debug),
            (CoreEventId.QueryIterationFailed, LogLevel.Debug)));
}

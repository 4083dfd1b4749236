using System.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;

namespace Frat.Storage.EfCore.Sqlite;

/// <summary>
/// Tries what a context of the application's own does again while another program holds the file, for as long as FRAT's own calls wait.
/// </summary>
internal sealed class SqliteRetries(ExecutionStrategyDependencies dependencies, SqliteDatabaseFile file)
    : ExecutionStrategy(dependencies, int.MaxValue, SqliteErrors.PauseAfter(int.MaxValue))
{
    private long _started;

    protected override bool ShouldRetryOn(Exception exception) => SqliteErrors.IsBusy(exception);

    protected override void OnFirstExecution()
    {
        base.OnFirstExecution();
        _started = Stopwatch.GetTimestamp();
    }

    protected override TimeSpan? GetNextDelay(Exception lastException) =>
        file.HasWaitedLongEnough(_started) ? null : SqliteErrors.PauseAfter(ExceptionsEncountered.Count - 1);
}

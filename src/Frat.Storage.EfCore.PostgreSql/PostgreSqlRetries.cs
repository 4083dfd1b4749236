using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Npgsql;
using Npgsql.EntityFrameworkCore.PostgreSQL;

namespace Frat.Storage.EfCore.PostgreSql;

/// <summary>
/// Which failures pass by themselves, and when to try again: Npgsql's own strategy, bounded by time rather than by a number, and
/// with what another writer can do to this one. One for each call.
/// </summary>
internal sealed class PostgreSqlRetries(FratDbContext context, PostgreSqlDatabase database, string operation, ILogger logger)
    : NpgsqlRetryingExecutionStrategy(context, int.MaxValue, LongestPause, OtherWriters)
{
    /// <summary>
    /// A constraint that another writer filled in between is found filled by the next attempt; one that stays in the way is a fault.
    /// </summary>
    private const int MostCollisions = 10;

    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(500);

    private static readonly string[] OtherWriters =
    [
        PostgresErrorCodes.UniqueViolation,
        PostgresErrorCodes.ForeignKeyViolation,
        PostgresErrorCodes.SerializationFailure,
        PostgresErrorCodes.DeadlockDetected,
        PostgresErrorCodes.IdleSessionTimeout,
    ];

    private readonly long _started = Stopwatch.GetTimestamp();
    private int _collisions;

    protected override bool ShouldRetryOn(Exception? exception) =>
        exception is not null
            && !PostgreSqlErrors.IsPoolExhausted(exception)
            && (base.ShouldRetryOn(exception) || PostgreSqlErrors.IsUnreachable(exception));

    protected override TimeSpan? GetNextDelay(Exception lastException)
    {
        if (PostgreSqlErrors.IsCollision(lastException) && ++_collisions > MostCollisions
            || database.Patience != Timeout.InfiniteTimeSpan && Stopwatch.GetElapsedTime(_started) >= database.Patience)
        {
            return null;
        }

        // From 10 ms, doubled each time, and spread so that writers who failed together don't come back together.
        var longest = Math.Min(LongestPause.TotalMilliseconds, 10 * Math.Pow(2, Math.Min(ExceptionsEncountered.Count, 10)));
        var delay = TimeSpan.FromMilliseconds(longest * (0.5 + (Random.Shared.NextDouble() / 2)));
        Log.TryingAgain(logger, operation, database.Name, delay.TotalMilliseconds, lastException.GetBaseException().Message);
        return delay;
    }
}

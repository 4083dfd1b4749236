using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Frat.Storage.EfCore.PostgreSql;

/// <summary>
/// Wakes who waits for changes of templates as soon as any process has stored one. A trigger on the table tells the server, which
/// tells every listener once the change is committed.
/// </summary>
/// <remarks>While the connection is lost, and behind a pooler that passes no notifications on, changes are found by looking.</remarks>
internal sealed class PostgreSqlChangeListener(PostgreSqlDatabase database, ChangeSignal signal, ILogger<PostgreSqlChangeListener> logger)
    : BackgroundService
{
    /// <summary>
    /// The channel that the trigger of <c>HandWritten</c> notifies, with the name of the table's schema: a channel is one for the database.
    /// </summary>
    public const string Channel = "frat_template_changes";

    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (pause, failed) = (ShortestPause, false);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await ListenAsync(
                    () =>
                    {
                        if (failed)
                        {
                            Log.ListeningAgain(logger, database.Name);
                        }

                        (pause, failed) = (ShortestPause, false);
                    },
                    stoppingToken).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                if (!failed)
                {
                    Log.ListeningFailed(
                        logger, database.Name, exception.GetBaseException().Message, PostgreSqlProvider.PollInterval.TotalMilliseconds);
                }

                failed = true;
                await Task.Delay(pause, TimeProvider.System, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
            }
        }
    }

    private async Task ListenAsync(Action listening, CancellationToken cancellationToken)
    {
        var connection = database.CreateLasting();
        await using (connection.ConfigureAwait(false))
        {
            await database.OpenAsync(connection, cancellationToken).ConfigureAwait(false);
            var command = new NpgsqlCommand("SELECT current_schema()", connection);
            await using (command.ConfigureAwait(false))
            {
                var schema = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as string;
                connection.Notification += (_, told) =>
                {
                    if (told.Payload == schema)
                    {
                        signal.Raise();
                    }
                };
                command.CommandText = $"LISTEN {Channel}";
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }

            // What happened before is found by looking once.
            listening();
            signal.Raise();
            while (true)
            {
                await connection.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }
}

using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Frat.Hosting;

/// <summary>Tells at the start where the database and its keys are.</summary>
/// <param name="database">The database.</param>
/// <param name="keyFile">The file with the keys, where the configuration names one.</param>
/// <param name="baseFolder">The application's folder, where earlier versions had the database.</param>
/// <param name="logger">Where to tell.</param>
internal sealed class DatabaseNote(DatabaseAddress database, string? keyFile, string baseFolder, ILogger<DatabaseNote> logger)
    : IHostedService
{
    private const string KeysVariable = "FRAT_KEYS";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Log.DatabaseChosen(logger, database.Name);
        if (keyFile is not null)
        {
            Log.KeysChosen(logger, keyFile);
        }
        else if (!string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable(KeysVariable)))
        {
            Log.KeysChosen(logger, $"{KeysVariable}, in the environment");
        }
        else if (database.Kind == DatabaseKind.Sqlite)
        {
            Log.KeysChosen(logger, $"{database.Name}.keys");
        }

        if (database.Kind == DatabaseKind.Sqlite && Path.GetDirectoryName(database.Name) == Path.TrimEndingDirectorySeparator(baseFolder))
        {
            Log.DatabaseAmongTheProgram(logger, baseFolder);
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

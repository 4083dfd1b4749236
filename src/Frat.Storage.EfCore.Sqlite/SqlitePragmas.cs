using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Frat.Storage.EfCore.Sqlite;

/// <summary>Sets what SQLite keeps for each connection, not in the file.</summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    /// <summary>What <see cref="SqliteProvider"/> changes for a moment.</summary>
    public const string BusyTimeout = "PRAGMA busy_timeout=1000; ";

    // synchronous=FULL: in WAL mode, NORMAL would lose the last commits when the power fails. secure_delete: what a person had
    // deleted is overwritten, not only unlinked. temp_store=MEMORY: statements that touch several rows keep what was there before in case
    // they fail, and that must not go through a file in the temporary folder. busy_timeout: SQLite looks for a free lock far more often
    // than the provider does.
    private const string Sql = BusyTimeout + "PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;";

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Sql;
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        // The provider's asynchronous methods run synchronously too.
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}

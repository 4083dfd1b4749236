using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Frat.Storage.EfCore.PostgreSql;

/// <summary>Has a connection of the application's pool look into FRAT's schema; when it goes back to the pool, Npgsql resets it.</summary>
internal sealed class PostgreSqlGreeting(string sql) : DbConnectionInterceptor
{
    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(
        DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        var command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}

using Frat.Storage.EfCore.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Storage.EfCore.Sqlite.Tests;

internal sealed class SqliteTestHost(string connectionString, Action<IServiceCollection>? configure = null)
    : StorageTestHost(builder => builder.UseSqlite(connectionString), configure)
{
    public static Task<SqliteTestHost> StartAsync(string connectionString, Action<IServiceCollection>? configure = null) =>
        StartAsync(new SqliteTestHost(connectionString, configure));
}

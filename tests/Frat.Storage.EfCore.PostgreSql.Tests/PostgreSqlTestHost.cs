using Frat.Storage.EfCore.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Storage.EfCore.PostgreSql.Tests;

internal sealed class PostgreSqlTestHost(string connectionString, Action<IServiceCollection>? configure = null)
    : StorageTestHost(builder => PostgreSqlTestDatabase.Use(builder, connectionString), configure)
{
    public static Task<PostgreSqlTestHost> StartAsync(string connectionString, Action<IServiceCollection>? configure = null) =>
        StartAsync(new PostgreSqlTestHost(connectionString, configure));
}

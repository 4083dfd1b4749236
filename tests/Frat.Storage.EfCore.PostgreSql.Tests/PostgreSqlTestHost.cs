using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Frat.Storage.EfCore.PostgreSql.Tests;

/// <summary>A host that has nothing but the storage.</summary>
internal sealed class PostgreSqlTestHost : IAsyncDisposable
{
    private readonly IHost _host;

    public PostgreSqlTestHost(string connectionString, Action<IServiceCollection>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        configure?.Invoke(builder.Services);
        builder.Services.AddAttendanceRules();
        new FratBuilder(builder.Services).UsePostgreSql(connectionString);
        _host = builder.Build();
    }

    public IEncodingStore Store => _host.Services.GetRequiredService<IEncodingStore>();

    public IAttendanceLog Attendance => _host.Services.GetRequiredService<IAttendanceLog>();

    public IDbContextFactory<FratDbContext> Contexts => _host.Services.GetRequiredService<IDbContextFactory<FratDbContext>>();

    public static async Task<PostgreSqlTestHost> StartAsync(string connectionString, Action<IServiceCollection>? configure = null)
    {
        var host = new PostgreSqlTestHost(connectionString, configure);
        try
        {
            await host.StartAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public Task StartAsync() => _host.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }
}

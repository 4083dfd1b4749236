using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Frat.Storage.EfCore.Tests;

/// <summary>A host that has nothing but the storage. Compiled into the test project of each database.</summary>
internal abstract class StorageTestHost : IAsyncDisposable
{
    private readonly IHost _host;

    protected StorageTestHost(Action<FratBuilder> use, Action<IServiceCollection>? configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        configure?.Invoke(builder.Services);
        builder.Services.AddAttendanceRules();
        use(new FratBuilder(builder.Services));
        _host = builder.Build();
    }

    public IPersonStore People => Get<IPersonStore>();

    public IConsentStore Consents => Get<IConsentStore>();

    public IEncodingStore Encodings => Get<IEncodingStore>();

    public IAttendanceLog Attendance => Get<IAttendanceLog>();

    public IDbContextFactory<FratDbContext> Contexts => Get<IDbContextFactory<FratDbContext>>();

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    public Task StartAsync() => _host.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    protected static async Task<T> StartAsync<T>(T host)
        where T : StorageTestHost
    {
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
}

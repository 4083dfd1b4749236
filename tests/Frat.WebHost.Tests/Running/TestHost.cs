using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Frat.WebHost.Tests;

/// <summary>The host as it is, with the real engine and models, on a database file of its own and at a fixed moment.</summary>
public class TestHost : WebApplicationFactory<Program>
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 59, 3, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    /// <summary>How long another program's lock is waited for, in seconds.</summary>
    public int LockTimeout { get; init; } = 60;

    public string Database => _folder.File("frat.db");

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("Frat:Database", $"Data Source={Database};Default Timeout={LockTimeout}");
        builder.UseSetting("Frat:Access", "Open"); // Accounts/ holds the tests of those who sign in.
        builder.UseSetting("Frat:WarmUp", "false"); // WarmStartTests have it warm.
        builder.UseEnvironment("Development"); // Where a framework likes to show stack traces.
        builder.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(new FixedClock(Now))));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }
}

/// <summary>One host for all tests that don't mind who else is registered.</summary>
[CollectionDefinition(Name)]
public sealed class SharedHost : ICollectionFixture<TestHost>
{
    public const string Name = "Shared host";
}

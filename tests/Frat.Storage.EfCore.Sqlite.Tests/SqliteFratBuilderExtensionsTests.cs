using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Frat.Storage.EfCore.Sqlite.Tests;

public sealed class SqliteFratBuilderExtensionsTests
{
    [Fact]
    public void UseSqlite_Twice_KeepsTheFirst()
    {
        var services = new ServiceCollection();
        var builder = new FratBuilder(services);

        builder.UseSqlite("Data Source=first.db").ShouldBe(builder);
        var count = services.Count;
        builder.UseSqlite("Data Source=second.db");

        services.Count.ShouldBe(count);
        using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        provider.GetRequiredService<SqliteDatabaseFile>().Path.ShouldBe(Path.GetFullPath("first.db"));
        provider.GetServices<IHostedService>().Count().ShouldBe(3);
    }

    [Fact]
    public void UseSqlite_StoreOfTheApplicationsOwn_IsKept()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new Microsoft.Extensions.Time.Testing.FakeTimeProvider());
        services.AddSingleton<IAttendanceLog>(_ => null!);
        new FratBuilder(services).UseSqlite("Data Source=frat.db");

        services.Count(service => service.ServiceType == typeof(IAttendanceLog)).ShouldBe(1);
        services.Count(service => service.ServiceType == typeof(TimeProvider)).ShouldBe(1);
        services.Count(service => service.ServiceType == typeof(IEncodingStore)).ShouldBe(1);
    }

    [Fact]
    public void UseSqlite_NoAttendanceRules_SaysWhatToCall()
    {
        var services = new ServiceCollection();
        new FratBuilder(services).UseSqlite("Data Source=frat.db");
        using var provider = services.BuildServiceProvider();

        Should.Throw<InvalidOperationException>(() => provider.GetRequiredService<IAttendanceLog>()).Message.ShouldContain("AddAttendanceRules()");
        provider.GetRequiredService<IEncodingStore>().ShouldNotBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("Data Source=")]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=frat;Mode=Memory;Cache=Shared")]
    [InlineData("Data Source=file:frat.db?immutable=1")]
    [InlineData("Host=localhost;Database=frat")]
    public void UseSqlite_ConnectionStringThatNamesNoFile_IsRefused(string connectionString) =>
        Should.Throw<ArgumentException>(() => new FratBuilder(new ServiceCollection()).UseSqlite(connectionString));

    [Fact]
    public void UseSqlite_NoBuilder_IsRefused() =>
        Should.Throw<ArgumentNullException>(() => SqliteFratBuilderExtensions.UseSqlite(null!, "Data Source=frat.db"));
}

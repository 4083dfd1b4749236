using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Frat.Storage.EfCore.PostgreSql.Tests;

public sealed class PostgreSqlFratBuilderExtensionsTests
{
    [Fact]
    public void UsePostgreSql_Twice_KeepsTheFirst()
    {
        var services = new ServiceCollection();
        var builder = new FratBuilder(services);

        builder.UsePostgreSql("Host=first;Database=frat").ShouldBe(builder);
        var count = services.Count;
        builder.UsePostgreSql("Host=second;Database=frat");

        services.Count.ShouldBe(count);
        using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
        provider.GetRequiredService<PostgreSqlDatabase>().Name.ShouldBe("frat at first:5432");
        provider.GetServices<IHostedService>().OfType<PostgreSqlChangeListener>().ShouldHaveSingleItem();
    }

    [Fact]
    public void UsePostgreSql_StoreOfTheApplicationsOwn_IsKept()
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new Microsoft.Extensions.Time.Testing.FakeTimeProvider());
        services.AddSingleton<IAttendanceLog>(_ => null!);
        new FratBuilder(services).UsePostgreSql("Host=localhost;Database=frat");

        services.Count(service => service.ServiceType == typeof(IAttendanceLog)).ShouldBe(1);
        services.Count(service => service.ServiceType == typeof(TimeProvider)).ShouldBe(1);
        services.Count(service => service.ServiceType == typeof(IEncodingStore)).ShouldBe(1);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Host=localhost")]
    [InlineData("Database=frat")]
    [InlineData("Data Source=frat.db")]
    [InlineData("Host=localhost;Database=frat;Port=x")]
    public void UsePostgreSql_ConnectionStringThatNamesNoDatabase_IsRefused(string connectionString) =>
        Should.Throw<ArgumentException>(() => new FratBuilder(new ServiceCollection()).UsePostgreSql(connectionString));

    [Theory]
    [InlineData("Host=/var/run/postgresql;Database=frat", "frat at /var/run/postgresql")]
    [InlineData("Host=one,two;Port=6000;Database=frat;Username=ada;Password=s3cret", "frat at one,two:6000")]
    public void Name_OfADatabase_HoldsNoSecret(string connectionString, string name) => new PostgreSqlDatabase(connectionString).Name.ShouldBe(name);

    [Fact]
    public void UsePostgreSql_Null_IsRefused() => Should.Throw<ArgumentNullException>(() => ((FratBuilder)null!).UsePostgreSql("Host=a;Database=b"));
}

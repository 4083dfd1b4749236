using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Frat.Storage.EfCore.PostgreSql.Tests;

public sealed class PostgreSqlFratBuilderExtensionsTests
{
    [Fact]
    public void UsePostgreSql_TwiceWithTheSameDatabase_KeepsTheFirst()
    {
        var services = new ServiceCollection();
        var builder = new FratBuilder(services);

        builder.UsePostgreSql("Host=first;Database=frat").ShouldBe(builder);
        var count = services.Count;
        builder.UsePostgreSql("Database=frat;Server=first").ShouldBe(builder);

        services.Count.ShouldBe(count);
        using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true });
        provider.GetRequiredService<PostgreSqlDatabase>().Name.ShouldBe("frat at first:5432");
        provider.GetServices<IHostedService>().OfType<PostgreSqlChangeListener>().ShouldHaveSingleItem();
    }

    // Else the second tenant's people would be kept in the first one's database.
    [Fact]
    public void UsePostgreSql_ASecondDatabase_IsRefusedAndNamesBoth()
    {
        var builder = new FratBuilder(new ServiceCollection()).UsePostgreSql("Host=db;Database=acme;Username=ada;Password=s3cret");

        var message = Should.Throw<InvalidOperationException>(
            () => builder.UsePostgreSql("Host=db;Database=globex;Username=bob;Password=s3cret2")).Message;

        message.ShouldContain("acme at db:5432");
        message.ShouldContain("globex at db:5432");
        message.ShouldContain("for several tenants, give each a host of its own");
        message.ShouldNotContain("s3cret");
        message.ShouldNotContain("bob");
    }

    [Theory]
    [InlineData("Host=db;Database=frat;Password=s3cret2")]
    [InlineData("Host=db;Database=frat;Password=s3cret;Search Path=globex")]
    [InlineData("Host=db;Database=frat;Password=s3cret;Timeout=3")]
    public void UsePostgreSql_TheSameDatabaseWithOtherSettings_IsRefused(string again)
    {
        var builder = new FratBuilder(new ServiceCollection()).UsePostgreSql("Host=db;Database=frat;Password=s3cret");

        var message = Should.Throw<InvalidOperationException>(() => builder.UsePostgreSql(again)).Message;

        message.ShouldContain("with other settings");
        message.ShouldNotContain("s3cret");
    }

    [Fact]
    public void UsePostgreSql_InAnApplication_AddsNoOptionsOfAContext()
    {
        var services = new ServiceCollection();
        new FratBuilder(services).UsePostgreSql("Host=localhost;Database=frat");
        using var provider = services.BuildServiceProvider();

        provider.GetServices<Microsoft.EntityFrameworkCore.DbContextOptions>().ShouldBeEmpty();
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
    public void Name_OfADatabase_HoldsNoSecret(string connectionString, string name) =>
        new PostgreSqlDatabase(connectionString).Name.ShouldBe(name);

    [Fact]
    public void UsePostgreSql_Null_IsRefused() =>
        Should.Throw<ArgumentNullException>(() => ((FratBuilder)null!).UsePostgreSql("Host=a;Database=b"));
}

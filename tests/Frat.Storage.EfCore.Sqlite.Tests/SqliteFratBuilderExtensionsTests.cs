using Frat.Storage.EfCore.Tests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Frat.Storage.EfCore.Sqlite.Tests;

public sealed class SqliteFratBuilderExtensionsTests
{
    [Theory]
    [InlineData("Data Source=first.db")]
    [InlineData("Filename=./first.db")] // The same, in other words.
    public void UseSqlite_TwiceWithTheSameFile_KeepsTheFirst(string again)
    {
        var services = new ServiceCollection();
        var builder = new FratBuilder(services);

        builder.UseSqlite("Data Source=first.db").ShouldBe(builder);
        var count = services.Count;
        builder.UseSqlite(again).ShouldBe(builder);

        services.Count.ShouldBe(count);
        using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        provider.GetRequiredService<SqliteDatabaseFile>().Path.ShouldBe(Path.GetFullPath("first.db"));
        provider.GetServices<IHostedService>().Count().ShouldBe(3);
    }

    // Else the second tenant's people would be kept in the first one's file.
    [Fact]
    public void UseSqlite_ASecondFile_IsRefusedAndNamesBoth()
    {
        var builder = new FratBuilder(new ServiceCollection()).UseSqlite("Data Source=acme.db;Password=s3cret");

        var message = Should.Throw<InvalidOperationException>(() => builder.UseSqlite("Data Source=globex.db;Password=s3cret2")).Message;

        message.ShouldContain(Path.GetFullPath("acme.db"));
        message.ShouldContain(Path.GetFullPath("globex.db"));
        message.ShouldContain("for several tenants, give each a host of its own");
        message.ShouldNotContain("s3cret");
    }

    [Theory]
    [InlineData("Data Source=frat.db;Default Timeout=3")]
    [InlineData("Data Source=frat.db;Mode=ReadOnly")]
    public void UseSqlite_TheSameFileWithOtherSettings_IsRefused(string again)
    {
        var builder = new FratBuilder(new ServiceCollection()).UseSqlite("Data Source=frat.db");

        Should.Throw<InvalidOperationException>(() => builder.UseSqlite(again)).Message.ShouldContain("with other settings");
    }

    [Fact]
    public async Task UseSqlite_InAnApplicationWithAContextOfItsOwn_AddsNoOptionsOfItsOwn()
    {
        using var file = new SqliteTestFile();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddDbContext<ApplicationContext>(options => options.UseSqlite("Data Source=app.db"));
        builder.Services.AddAttendanceRules();
        new FratBuilder(builder.Services).UseSqlite(file.ConnectionString);
        using var host = builder.Build();
        await host.StartAsync();

        // What dotnet ef goes by: with two kinds of options it asks which context is meant, and no migration can be made.
        using var scope = host.Services.CreateScope();
        scope.ServiceProvider.GetServices<DbContextOptions>().ShouldHaveSingleItem().ContextType.ShouldBe(typeof(ApplicationContext));
        (await host.Services.GetRequiredService<IPersonStore>().ReadAsync().CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Start_FreshDatabase_WarnsOfTheKeyFileAlone()
    {
        using var file = new SqliteTestFile();
        using var log = new RecordedWarnings();
        await using var host =
            await SqliteTestHost.StartAsync(file.ConnectionString, services => services.AddLogging(logging => logging.AddProvider(log)));

        log.Lines.ShouldHaveSingleItem().ShouldStartWith("The key file "); // That it has to be kept apart from the database.
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

        Should.Throw<InvalidOperationException>(() => provider.GetRequiredService<IAttendanceLog>()).Message.ShouldContain(
            "AddAttendanceRules()");
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

    private sealed class ApplicationContext(DbContextOptions<ApplicationContext> options) : DbContext(options);
}

using Frat.Storage.EfCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Frat.Hosting.Tests;

/// <summary>The store that a configuration names, in a host's services.</summary>
public sealed class DatabaseFratBuilderExtensionsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task UseDatabase_FileAndKeysOfTheConfiguration_AreUsedFromTheContentRoot()
    {
        TemplateKeyFile.Create(Path.Combine(_folder.FullName, "my.keys"), TemplateKey.Create(TimeProvider.System.GetUtcNow()));
        using var host = Build(("Frat:Database", "data/a.db"), ("Frat:KeyFile", "my.keys"));

        var report = await host.Services.GetRequiredService<TemplateProtection>().CheckAsync();

        report.Unreadable.ShouldBeEmpty();
        File.Exists(Path.Combine(_folder.FullName, "data", "a.db")).ShouldBeTrue();
        Directory.GetFiles(_folder.FullName, "*.keys", SearchOption.AllDirectories).ShouldHaveSingleItem().ShouldEndWith("my.keys");
    }

    [Fact]
    public void UseDatabase_WrongAddress_IsRefusedByItsKey() => Should.Throw<SettingException>(
        () => Build(("Frat:Database", "mysql://ada:s3cret@db/frat"))).Message.ShouldStartWith("Frat:Database is not understood");

    [Fact]
    public async Task UseDatabase_ToVerify_MakesNoDatabase()
    {
        using var host = Build(("Frat:Database", "a.db"), ("Frat:Migrate", "verify"));

        await Should.ThrowAsync<StoreException>(() => host.Services.GetRequiredService<TemplateProtection>().CheckAsync());

        _folder.GetFiles().ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Frat:Migrate", "Sometimes", "Frat:Migrate can be AtStart or Verify or Never.")]
    [InlineData("Frat:Schema", "acme", "Frat:Schema: SQLite has no schemas")]
    public void UseDatabase_SettingThatCannotBe_IsRefusedByItsKey(string key, string value, string message) =>
        Should.Throw<SettingException>(() => Build(("Frat:Database", "a.db"), (key, value))).Message.ShouldStartWith(message);

    [Fact]
    public void UseDatabase_SchemaThatIsNone_IsRefusedByItsKey() => Should.Throw<SettingException>(
        () => Build(("Frat:Database", "postgres://ada:s3cret@db/frat"), ("Frat:Schema", "A B")))
        .Message.ShouldStartWith("Frat:Schema: A schema's name has");

    [Fact]
    public void UseDatabase_WithoutAConfiguration_SaysSo() => Should.Throw<InvalidOperationException>(
        () => new ServiceCollection().AddFrat().UseDatabase()).Message.ShouldContain("give it to AddFrat()");

    [Fact]
    public void UseDatabase_BesideAnotherStore_IsRefused() => Should.Throw<InvalidOperationException>(
        () => new ServiceCollection().AddFrat().UseSqlite("Data Source=a.db").UseDatabase(DatabaseAddress.Parse("b.db")))
        .Message.ShouldContain("An application has one store");

    private IHost Build(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { ContentRootPath = _folder.FullName });
        builder.Configuration.AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create<string, string?>(pair.Key, pair.Value)));
        builder.Services.AddFrat(builder.Configuration).UseDatabase();
        return builder.Build();
    }
}

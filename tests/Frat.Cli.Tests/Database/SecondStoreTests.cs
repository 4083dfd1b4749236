using Microsoft.Extensions.DependencyInjection;

namespace Frat.Cli.Tests.Database;

/// <summary>The stores of two packages in one application: only here are both known.</summary>
public sealed class SecondStoreTests
{
    private const string File = "Data Source=acme.db;Password=s3cret";
    private const string Server = "Host=db;Database=globex;Username=ada;Password=s3cret";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Use_StoreOfTheOtherProvider_IsRefusedAndNamesBoth(bool fileFirst)
    {
        var services = new ServiceCollection();
        Use(services, fileFirst);

        var message = Should.Throw<InvalidOperationException>(() => Use(services, !fileFirst)).Message;

        message.ShouldContain(Path.GetFullPath("acme.db"));
        message.ShouldContain("globex at db:5432");
        message.ShouldNotContain("s3cret");
    }

    private static void Use(IServiceCollection services, bool isFile)
    {
        var frat = services.AddFrat();
        _ = isFile ? frat.UseSqlite(File) : frat.UsePostgreSql(Server);
    }
}

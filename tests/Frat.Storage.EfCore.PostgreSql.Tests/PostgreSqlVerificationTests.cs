using Frat.Storage.EfCore.Tests;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Frat.Storage.EfCore.PostgreSql.Tests;

/// <summary>Somebody on the way to a server on another machine could pass for it, and read and change everything: that is said.</summary>
public sealed class PostgreSqlVerificationTests : IDisposable
{
    private readonly PostgreSqlTestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Theory]
    [InlineData("db.example", "", true)]
    [InlineData("db.example", ";SSL Mode=Prefer", true)]
    [InlineData("db.example", ";SSL Mode=Require", true)]
    [InlineData("db.example", ";SSL Mode=VerifyCA", true)]
    [InlineData("db.example", ";SSL Mode=VerifyFull", false)]
    [InlineData("10.0.0.7", "", true)]
    [InlineData("127.0.0.1.example", "", true)]
    [InlineData("localhost.example", "", true)]
    [InlineData("2001:db8::7", "", true)]
    [InlineData("localhost,db.example", "", true)]
    [InlineData("localhost,db.example", ";SSL Mode=VerifyFull", false)]
    [InlineData("localhost", "", false)]
    [InlineData("LOCALHOST", ";SSL Mode=Disable", false)]
    [InlineData("127.0.0.1", "", false)]
    [InlineData("127.0.0.9:5433", "", false)]
    [InlineData("::1", "", false)]
    [InlineData("/var/run/postgresql", "", false)]
    [InlineData("localhost:5432,127.0.0.1:5433", "", false)]
    public void IsOpenToOthers_AServer_IsSoOnAnotherMachineUnlessItIsVerified(string host, string mode, bool isOpen) =>
        new PostgreSqlDatabase($"Host={host};Database=frat{mode}").IsOpenToOthers.ShouldBe(isOpen);

    // The second server is never asked, as the first one answers; but it could be, one day.
    [Theory]
    [InlineData("", 0)]
    [InlineData(",db.example", 1)]
    public async Task StartAsync_ServerOnAnotherMachineThatIsNotVerified_IsWarnedOfWithWhatToDo(string more, int warnings)
    {
        using var log = new RecordedWarnings();
        await using var host = await PostgreSqlTestHost.StartAsync(
            _database.ConnectionString.Replace("Host=127.0.0.1", "Host=127.0.0.1" + more, StringComparison.Ordinal),
            services => services.AddLogging(logging => logging.AddProvider(log)));

        var said = log.Lines.Where(line => line.Contains("SSL Mode=VerifyFull", StringComparison.Ordinal)).ToList();
        said.Count.ShouldBe(warnings);
        said.ShouldAllBe(line => line.Contains(_database.Name, StringComparison.Ordinal)
            && !line.Contains(PostgreSqlTestDatabase.Server.Password, StringComparison.Ordinal));
    }
}

using Frat.Dlib;
using Frat.Storage.EfCore;
using Frat.TestKit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Frat.Hosting.Tests;

/// <summary>What docs/tenants.md promises: a small host for each tenant, around one encoder.</summary>
public sealed class TenantsTests : IDisposable
{
    private static readonly byte[][] Photos = [.. DebianPhotos.Johns["John_Salley"].Take(2).Select(File.ReadAllBytes)];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Hosts_OfTwoTenantsAroundOneEncoder_KnowTheirOwnPeopleOnly(bool onServer)
    {
        await using var shared = new ServiceCollection().AddDlibFaceEncoder().BuildServiceProvider();
        var encoder = shared.GetRequiredService<DlibFaceEncoder>();
        var database = onServer ? PostgresServer.Shared.CreateDatabase() : null;
        try
        {
            using var acme = await StartAsync("acme", "Europe/Berlin", encoder, database);
            using var globex = await StartAsync("globex", "Asia/Tokyo", encoder, database);

            (await EnrollAsync(acme)).ShouldBe(EnrollmentOutcome.Enrolled);
            (await CheckInAsync(acme)).ShouldBe(IdentificationOutcome.Recognized);
            (await CheckInAsync(globex)).ShouldBe(IdentificationOutcome.Unknown);
            (await EnrollAsync(globex)).ShouldBe(EnrollmentOutcome.Enrolled); // Whose face acme knows is nobody's duplicate here.
            await acme.StopAsync();
            acme.Dispose();
            (await CheckInAsync(globex)).ShouldBe(IdentificationOutcome.Recognized); // One tenant's end takes nothing from the other.
            await globex.StopAsync();
        }
        finally
        {
            if (database is not null)
            {
                PostgresServer.Shared.DropDatabase(database);
            }
        }
    }

    private async Task<IHost> StartAsync(string tenant, string timeZone, IFaceEncoder encoder, string? database)
    {
        var keys = Path.Combine(_folder.FullName, $"{tenant}.keys");
        TemplateKeyFile.Create(keys, TemplateKey.Create(TimeProvider.System.GetUtcNow()));
        var builder = Host.CreateEmptyApplicationBuilder(new() { ContentRootPath = _folder.FullName });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            [$"Tenants:{tenant}:Frat:Site:TimeZone"] = timeZone,
            [$"Tenants:{tenant}:Frat:KeyFile"] = keys,
            [$"Tenants:{tenant}:Frat:Database"] = database is null ? $"{tenant}.db" : PostgresServer.Shared.ConnectionString(database),
            [$"Tenants:{tenant}:Frat:Schema"] = database is null ? null : tenant,
        });
        builder.Services.AddSingleton(encoder);
        builder.Services.AddFrat(builder.Configuration.GetSection($"Tenants:{tenant}")).UseDatabase();
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    private static async Task<EnrollmentOutcome> EnrollAsync(IHost host)
    {
        var consent = new ConsentOptions().ToConsent(ConsentBasis.Given, Actor.User("Grace Hopper"), TimeProvider.System.GetUtcNow());
        var result = await host.Services.GetRequiredService<IEnrollmentService>().EnrollAsync(new()
        {
            EmployeeId = "E-1", Name = "Ada Lovelace", Photos = [Photos[0]], Consent = consent, Note = new AuditNote
            {
                By = Actor.User("Grace Hopper"),
            },
        });
        return result.Outcome;
    }

    private static async Task<IdentificationOutcome> CheckInAsync(IHost host) =>
        (await host.Services.GetRequiredService<ICheckInService>().CheckInAsync(new() { Frames = [Photos[1]], Source = "door" })).Outcome;
}

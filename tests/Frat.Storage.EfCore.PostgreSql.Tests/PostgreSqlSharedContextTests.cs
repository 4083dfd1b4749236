using Frat.Conformance;
using Frat.Storage.EfCore.Tests;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Storage.EfCore.PostgreSql.Tests;

/// <summary>Tables of an application's own in FRAT's schema.</summary>
public sealed class PostgreSqlSharedContextTests : IDisposable
{
    private readonly PostgreSqlTestDatabase _database = new(empty: true);

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task SaveChangesAsync_InASchema_KeepsEverythingInside()
    {
        await using var host = new Host(_database);
        await host.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(async number =>
        {
            await using var scope = host.Get<IServiceScopeFactory>().CreateAsyncScope();
            var context = scope.ServiceProvider.GetRequiredService<NotesContext>();
            context.Notes.Add(new Note { Id = number, Text = "hello" });
            await context.SaveChangesAsync();
            await host.People.EnrollAsync(Samples.Enrollment($"E-{number}"));
        }));

        _database.Scalar<long>("SELECT count(*) FROM acme.notes").ShouldBe(20);
        _database.Scalar<long>("SELECT count(*) FROM acme.people").ShouldBe(20);
        _database.Scalar<long>("SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace").ShouldBe(0);
        (await host.Get<IFratDatabase>().GetStatusAsync()).Applied.ShouldContain(NotesMigration.Id);
    }

    private sealed class Host(PostgreSqlTestDatabase database) : StorageTestHost(
        builder => builder.UseTemplateKeys(PostgreSqlTestDatabase.Keys)
            .UsePostgreSql(database.ConnectionString, options => options.Schema = "acme")
            .ShareDatabase<NotesContext, NotesContext>(NotesContext.HistoryTable),
        configure: null);
}

using Frat.Conformance;
using Frat.Storage.EfCore.Tests;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Storage.EfCore.Sqlite.Tests;

/// <summary>Tables of an application's own in FRAT's file.</summary>
public sealed class SqliteSharedContextTests : IDisposable
{
    private readonly SqliteTestFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task StartAsync_ToVerify_StartsOnlyWhenTheContextIsMigratedToo()
    {
        await using var host = new Host(_file.ConnectionString, MigrateMode.Verify);
        _file.Execute(host.Database.CreateScript());

        (await host.Database.GetStatusAsync()).Pending.ShouldBe([NotesMigration.Id]);
        (await Should.ThrowAsync<StoreException>(host.StartAsync)).Message.ShouldContain("IFratDatabase.MigrateAsync()");
        await host.Database.MigrateAsync();

        (await host.Database.GetStatusAsync()).IsUpToDate.ShouldBeTrue();
        await host.StartAsync();
        await using var scope = host.Get<IServiceScopeFactory>().CreateAsyncScope();
        (await scope.ServiceProvider.GetRequiredService<NotesContext>().Notes.CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task SaveChangesAsync_AmongManyWriters_LosesNothingOnEitherSide()
    {
        await using var host = new Host(_file.ConnectionString);
        await host.StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 60).Select(number => number % 2 == 0
            ? host.WriteAsync(number)
            : host.People.EnrollAsync(Samples.Enrollment($"E-{number}"))));

        _file.Scalar<long>("SELECT count(*) FROM notes").ShouldBe(30);
        _file.Scalar<long>("SELECT count(*) FROM people").ShouldBe(30);
    }

    [Fact]
    public async Task SaveChangesAsync_ThatFails_LetsTheNextWriterIn()
    {
        await using var host = new Host(_file.ConnectionString);
        await host.StartAsync();
        await host.WriteAsync(1);

        await Should.ThrowAsync<DbUpdateException>(() => host.WriteAsync(1));
        using (var cancelled = new CancellationTokenSource())
        {
            await cancelled.CancelAsync();
            await Should.ThrowAsync<OperationCanceledException>(() => host.WriteAsync(2, cancelled.Token));
        }

        await Should.ThrowAsync<DbUpdateConcurrencyException>(() => host.SaveAsync(
            context => context.Notes.Remove(new Note { Id = 99, Text = "nobody's" })));
        await Should.ThrowAsync<InvalidOperationException>(() => host.SaveAsync(
            context => context.Notes.Single().Id = 7)); // A key can't be changed: found before anything is saved.

        await host.WriteAsync(3);
        (await host.People.EnrollAsync(Samples.Enrollment("E-1"))).Created.ShouldBeTrue();
    }

    [Fact]
    public async Task SaveChangesAsync_WhileAnotherProgramWrites_WaitsAndSaves()
    {
        await using var host = new Host(_file.ConnectionString);
        await host.StartAsync();
        await using var other = new SqliteConnection(_file.ConnectionString + ";Pooling=False");
        await other.OpenAsync();
        var transaction = other.BeginTransaction();

        var saving = Task.Run(() => host.WriteAsync(1));
        (await Task.WhenAny(saving, Task.Delay(TimeSpan.FromSeconds(1.5)))).ShouldNotBe(saving); // Longer than one statement waits.
        await transaction.RollbackAsync();

        await saving;
        _file.Scalar<long>("SELECT count(*) FROM notes").ShouldBe(1);
    }

    [Fact]
    public async Task Translate_ExceptionOfTheDatabase_IsSaidAsTheStoresDo()
    {
        await using var host = new Host(_file.ConnectionString);

        host.Database.Translate("SignIn", new DbUpdateException("", new SqliteException("", 13)))!.Message.ShouldContain("full");
        host.Database.Translate("SignIn", new InvalidOperationException()).ShouldBeNull();
    }

    [Fact]
    public void ShareDatabase_NoDatabase_IsRefused() =>
        Should.Throw<InvalidOperationException>(
            () => new FratBuilder(new ServiceCollection()).ShareDatabase<NotesContext, NotesContext>(NotesContext.HistoryTable));

    private sealed class Host(string connectionString, MigrateMode migrate = MigrateMode.AtStart) : StorageTestHost(
        builder => builder.UseSqlite(connectionString, options => options.Migrate = migrate)
            .ShareDatabase<NotesContext, NotesContext>(NotesContext.HistoryTable),
        configure: null)
    {
        public IFratDatabase Database => Get<IFratDatabase>();

        public Task WriteAsync(int id, CancellationToken cancellationToken = default) =>
            SaveAsync(context => context.Notes.Add(new Note { Id = id, Text = "hello" }), cancellationToken);

        public async Task SaveAsync(Action<NotesContext> change, CancellationToken cancellationToken = default)
        {
            await using var scope = Get<IServiceScopeFactory>().CreateAsyncScope();
            var context = scope.ServiceProvider.GetRequiredService<NotesContext>();
            change(context);
            await context.SaveChangesAsync(cancellationToken);
        }
    }
}

using System.Diagnostics;
using Frat.Conformance;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Frat.Storage.EfCore.PostgreSql.Tests;

/// <summary>How one process hears of what another has changed.</summary>
public sealed class PostgreSqlChangeTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly PostgreSqlTestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task WaitForChangesAsync_ChangeByAnotherHost_WakesWithoutALook()
    {
        await using var host = await StartWithStoppedClockAsync();
        await using var other = await PostgreSqlTestHost.StartAsync(_database.ConnectionString);
        await ListenersAsync(2);
        var wait = host.Encodings.WaitForChangesAsync(0);
        await Task.Delay(100); // Let it find nothing, and what the start of listening raised go by.
        wait.IsCompleted.ShouldBeFalse();

        await other.People.EnrollAsync(Samples.Enrollment("E-1"));

        await wait.WaitAsync(Patience);
    }

    [Fact]
    public async Task WaitForChangesAsync_ConnectionOfTheListenerWasCut_HearsAgain()
    {
        await using var host = await StartWithStoppedClockAsync();
        await using var other = await PostgreSqlTestHost.StartAsync(_database.ConnectionString);
        await ListenersAsync(2);
        _database.Execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'FRAT changes' AND datname = "
                + "current_database()");
        await ListenersAsync(2);

        for (var i = 1; i <= 3; i++)
        {
            var wait = host.Encodings.WaitForChangesAsync(await host.Encodings.GetSequenceAsync());
            await other.People.EnrollAsync(Samples.Enrollment($"E-{i}"));
            await wait.WaitAsync(Patience);
        }
    }

    [Fact]
    public async Task WaitForChangesAsync_NobodyTellsOfChanges_FindsThemWithinASecondByLooking()
    {
        var time = new FakeTimeProvider();
        await using var host =
            await PostgreSqlTestHost.StartAsync(_database.ConnectionString, services => services.AddSingleton<TimeProvider>(time));
        _database.Execute("ALTER TABLE template_changes DISABLE TRIGGER tell_template_changes");
        await ListenersAsync(1);
        var wait = host.Encodings.WaitForChangesAsync(0);
        await Task.Delay(200);
        _database.Execute("INSERT INTO template_changes (person_id) VALUES (gen_random_uuid())");
        await Task.Delay(200);
        wait.IsCompleted.ShouldBeFalse();

        time.Advance(TimeSpan.FromMilliseconds(900));

        await wait.WaitAsync(Patience);
    }

    [Fact]
    public async Task ReadChangesAsync_WritersAtTheSameTime_NoSequenceAppearsBelowOneThatWasSeen()
    {
        await using var host = await PostgreSqlTestHost.StartAsync(_database.ConnectionString);
        using var slow = _database.Open();
        slow.Execute("BEGIN; INSERT INTO template_changes (person_id) VALUES ('00000000-0000-0000-0000-000000000001')");

        var fast = host.People.EnrollAsync(Samples.Enrollment("E-1"));
        await Task.Delay(300);

        // Its sequence is greater, so it must not be seen before the smaller one.
        fast.IsCompleted.ShouldBeFalse();
        (await host.Encodings.ListChangesAsync(0)).ShouldBeEmpty();
        slow.Execute("COMMIT");
        var person = (await fast.WaitAsync(Patience)).Person;
        (await host.Encodings.ListChangesAsync(0)).Select(change => change.PersonId)
            .ShouldBe([new Guid("00000000-0000-0000-0000-000000000001"), person.Id]);
    }

    [Fact]
    public async Task ReadChangesAsync_ReaderBesideManyWriters_MissesNothing()
    {
        await using var host = await PostgreSqlTestHost.StartAsync(_database.ConnectionString);
        await using var other = await PostgreSqlTestHost.StartAsync(_database.ConnectionString);
        var writers = Enumerable.Range(0, 60)
            .Select(i => Task.Run(() => (i % 2 == 0 ? host : other).People.EnrollAsync(Samples.Enrollment($"E-{i}"))))
            .ToList();
        var written = Task.WhenAll(writers);

        var told = new List<TemplateChange>();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (told.Count < writers.Count)
        {
            await host.Encodings.WaitForChangesAsync(told.Count == 0 ? 0 : told[^1].Sequence, limit.Token);
            told.AddRange(await host.Encodings.ListChangesAsync(told.Count == 0 ? 0 : told[^1].Sequence, limit.Token));
        }

        told.Select(change => change.PersonId).ShouldBe((await written).Select(receipt => receipt.Person.Id), ignoreOrder: true);
    }

    // A clock that stands still: nothing is looked for again.
    private Task<PostgreSqlTestHost> StartWithStoppedClockAsync() => PostgreSqlTestHost.StartAsync(
        _database.ConnectionString, services => services.AddSingleton<TimeProvider>(new FakeTimeProvider()));

    private async Task ListenersAsync(int count)
    {
        var started = Stopwatch.GetTimestamp();
        while (_database.Scalar<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'FRAT changes' AND datname = current_database() AND query "
                + "LIKE 'LISTEN%' AND state = 'idle'") != count)
        {
            Stopwatch.GetElapsedTime(started).ShouldBeLessThan(Patience);
            await Task.Delay(20);
        }
    }
}

using System.Collections.Concurrent;
using Frat.Conformance;
using Frat.TestKit;

namespace Frat.Storage.EfCore.PostgreSql.Tests;

/// <summary>The server goes away while FRAT works: a server of these tests' own.</summary>
public sealed class PostgreSqlOutageTests(PostgreSqlOutageTests.OwnServer own) : IClassFixture<PostgreSqlOutageTests.OwnServer>
{
    private const int People = 20;
    private const int CheckIns = 200;

    private readonly PostgresServer _server = own.Server;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AppendAsync_ServerRestartsInTheMiddleOf200CheckIns_StoresWhatItAcknowledgedOnce(bool crash)
    {
        var name = _server.CreateDatabase();

        // Two hosts, and each check-in is sent to both: so every key is acknowledged twice, and must be one punch.
        await using var first = await PostgreSqlTestHost.StartAsync(_server.ConnectionString(name) + ";Timeout=90;Maximum Pool Size=20");
        await using var second = await PostgreSqlTestHost.StartAsync(_server.ConnectionString(name) + ";Timeout=90;Maximum Pool Size=20");
        var people = new List<Person>();
        for (var i = 0; i < People; i++)
        {
            people.Add((await first.People.EnrollAsync(Samples.Enrollment($"E-{i}"))).Person);
        }

        var acknowledged = new ConcurrentBag<(string Key, Guid PersonId, PunchReceipt Receipt)>();
        var before = 0;
        var sent = Enumerable.Range(0, CheckIns).SelectMany(i => new[] { first, second }.Select(host => Task.Run(async () =>
        {
            var person = people[i % People].Id;
            var receipt = await host.Attendance.AppendAsync(Samples.Punch(person, Samples.Monday.At(8, i % 60), $"key {i}"));
            acknowledged.Add(($"key {i}", person, receipt.ShouldNotBeNull()));
        }))).ToList();
        using (var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2)))
        {
            while (acknowledged.Count < 20)
            {
                await Task.Delay(1, limit.Token);
            }
        }

        if (crash)
        {
            _server.Crash();
        }
        else
        {
            _server.Stop();
        }

        before = acknowledged.Count;
        _server.Start();
        await Task.WhenAll(sent).WaitAsync(TimeSpan.FromMinutes(3));

        before.ShouldBeLessThan(CheckIns * 2, "the server has to go away in the middle");
        acknowledged.Count.ShouldBe(CheckIns * 2);
        var keys = _server.Execute("SELECT idempotency_key FROM punches", name).Split('\n');
        keys.ShouldBe(Enumerable.Range(0, CheckIns).Select(i => $"key {i}"), ignoreOrder: true);
        foreach (var key in acknowledged.GroupBy(answer => answer.Key))
        {
            key.Select(answer => answer.Receipt).Distinct().ShouldHaveSingleItem($"{key.Key} was acknowledged as two different things");
        }

        foreach (var person in acknowledged.GroupBy(answer => answer.PersonId))
        {
            person.Where(answer => answer.Receipt.Marked).Select(answer => answer.Key).Distinct().ShouldHaveSingleItem();
        }

        _server.Execute("SELECT count(*) || ' ' || count(DISTINCT person_id) FROM attendance_days", name).ShouldBe($"{People} {People}");
    }

    [Fact]
    public async Task Calls_ServerIsAwayForSomeSeconds_FailAsTransientAndWorkAgainWithoutARestart()
    {
        var name = _server.CreateDatabase();
        await using var host = await PostgreSqlTestHost.StartAsync(_server.ConnectionString(name) + ";Timeout=1");
        var ada = (await host.People.EnrollAsync(Samples.Enrollment("E-1"))).Person;
        var punch = Samples.Punch(ada.Id, Samples.Monday.At(8));
        _server.Stop();

        var append = Should.ThrowAsync<StoreException>(() => host.Attendance.AppendAsync(punch));
        var find = Should.ThrowAsync<StoreException>(() => host.People.FindAsync("E-1"));
        var list = Should.ThrowAsync<StoreException>(async () => await host.People.ReadAsync().CountAsync());
        var wait = Should.ThrowAsync<StoreException>(() => host.Encodings.WaitForChangesAsync(long.MaxValue - 1));
        foreach (var exception in await Task.WhenAll(append, find, list, wait).WaitAsync(TimeSpan.FromSeconds(30)))
        {
            exception.IsTransient.ShouldBeTrue();
            exception.Message.ShouldContain($"{name} at 127.0.0.1:{_server.Port}");
            exception.Message.ShouldContain("FRAT goes on by itself when it is back");
            exception.ToString().ShouldNotContain(_server.Password);
        }

        _server.Start();
        (await host.Attendance.AppendAsync(punch)).ShouldNotBeNull().Marked.ShouldBeTrue();
        (await host.People.FindAsync("E-1")).ShouldBe(ada);
        await host.Encodings.WaitForChangesAsync(0).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task StartAsync_ServerComesUpAMomentLater_WaitsForIt()
    {
        var name = _server.CreateDatabase();
        _server.Stop();
        var start = PostgreSqlTestHost.StartAsync(_server.ConnectionString(name) + ";Timeout=60");
        await Task.Delay(500);
        start.IsCompleted.ShouldBeFalse();
        _server.Start();

        await using var host = await start.WaitAsync(TimeSpan.FromMinutes(1));
        (await host.Encodings.GetSequenceAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task Writes_OnAStandby_SayThatItIsReadOnlyAndReadsFollowThePrimary()
    {
        var name = _server.CreateDatabase();
        await using var host = await PostgreSqlTestHost.StartAsync(_server.ConnectionString(name));
        using var standby = _server.CreateStandby();
        await using var reader = await PostgreSqlTestHost.StartAsync(standby.ConnectionString(name, password: _server.Password));

        var ada = (await host.People.EnrollAsync(Samples.Enrollment("E-1"))).Person;
        await reader.Encodings.WaitForChangesAsync(0).WaitAsync(TimeSpan.FromSeconds(30));

        (await reader.People.FindAsync("E-1")).ShouldBe(ada);
        var exception = await Should.ThrowAsync<StoreException>(() => reader.People.EnrollAsync(Samples.Enrollment("E-2")));
        exception.IsTransient.ShouldBeFalse();
        exception.Message.ShouldContain("is read-only: a standby");
    }

    /// <summary>Stopping it must not stop other tests.</summary>
    public sealed class OwnServer : IDisposable
    {
        public PostgresServer Server { get; } = new();

        public void Dispose() => Server.Dispose();
    }
}

using Frat.Conformance;
using Frat.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Frat.Storage.EfCore.Sqlite.Tests;

/// <summary>A probe says whether people can check in now.</summary>
public sealed class SqliteStoreProbeTests : IDisposable
{
    private readonly SqliteTestFile _file = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 28, 8, 0, 0, TimeSpan.Zero));

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task ProbeAsync_AllIsWell_HasWritten()
    {
        await using var host = await StartAsync();

        var condition = await host.Get<IStoreProbe>().ProbeAsync();

        condition.ShouldBe(new StoreCondition { At = _time.GetUtcNow(), Problem = null });
        _file.Scalar<long>("SELECT count(*) FROM heartbeats WHERE length(ballast) > 10000 AND at LIKE '2026-11-28 08:00:00%'").ShouldBe(1);
    }

    [Fact]
    public async Task ProbeAsync_AskedManyTimesAtOnce_WritesOnceInFiveSeconds()
    {
        await using var host = await StartAsync();
        var probe = host.Get<IStoreProbe>();

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => probe.ProbeAsync())));
        var first = _file.Scalar<byte[]>("SELECT ballast FROM heartbeats");
        _time.Advance(TimeSpan.FromSeconds(4.9));
        await probe.ProbeAsync();

        answers.Distinct().ShouldHaveSingleItem().IsWorking.ShouldBeTrue();
        _file.Scalar<byte[]>("SELECT ballast FROM heartbeats").ShouldBe(first);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        (await probe.ProbeAsync()).At.ShouldBe(_time.GetUtcNow());
        _file.Scalar<byte[]>("SELECT ballast FROM heartbeats").ShouldNotBe(first);
        _file.Scalar<long>("SELECT count(*) FROM heartbeats").ShouldBe(1);
    }

    [Fact]
    public async Task ProbeAsync_DiskIsFull_SaysSoAndIsWellAgainWhenThereIsRoom()
    {
        // Where nothing may be mounted, there is no small disk to be had: the folder of the test then has room.
        using var disk = SmallDisk.TryCreate(megabytes: 4);
        var folder = disk?.Folder ?? _file.Folder;
        await using var host = await StartAsync($"Data Source={Path.Combine(folder, "frat.db")}");
        var probe = host.Get<IStoreProbe>();
        using (disk?.Fill())
        {
            var found = await ProbeUntilAsync(condition => disk is null || !condition.IsWorking);
            found.IsWorking.ShouldBe(disk is null);
            (found.Problem ?? "is full").ShouldContain("is full");
        }

        (await ProbeUntilAsync(condition => condition.IsWorking)).IsWorking.ShouldBeTrue();

        // The log has some room of its own left, for a few writes.
        async Task<StoreCondition> ProbeUntilAsync(Predicate<StoreCondition> isIt)
        {
            for (var i = 0; ; i++)
            {
                _time.Advance(TimeSpan.FromSeconds(5));
                if (await probe.ProbeAsync() is var condition && (isIt(condition) || i == 500))
                {
                    return condition;
                }
            }
        }
    }

    [Fact]
    public async Task ProbeAsync_AnotherProgramHoldsTheDatabase_SaysSo()
    {
        await using var host = await StartAsync(_file.ConnectionString + ";Default Timeout=1");
        using (var other = _file.Open())
        {
            other.Execute("BEGIN EXCLUSIVE");
            (await host.Get<IStoreProbe>().ProbeAsync()).Problem.ShouldNotBeNull().ShouldContain("is locked");
        }

        _time.Advance(TimeSpan.FromSeconds(5));
        (await host.Get<IStoreProbe>().ProbeAsync()).IsWorking.ShouldBeTrue();
    }

    [Fact]
    public async Task ProbeAsync_KeyFileWentAway_SaysSo()
    {
        await using var host = await StartAsync();
        await host.People.EnrollAsync(Samples.Enrollment("E-1"));
        File.Delete(_file.Path + ".keys");

        (await host.Get<IStoreProbe>().ProbeAsync()).Problem.ShouldNotBeNull().ShouldContain("key file");
    }

    [Fact]
    public async Task ProbeAsync_CallerGivesUp_IsCancelled()
    {
        await using var host = await StartAsync();

        await Should.ThrowAsync<OperationCanceledException>(
            () => host.Get<IStoreProbe>().ProbeAsync(new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task ProbeAsync_DatabaseOpenedForReading_ReadsOnly()
    {
        await (await StartAsync()).DisposeAsync();
        await using var host = await StartAsync(_file.ConnectionString + ";Mode=ReadOnly");

        (await host.Get<IStoreProbe>().ProbeAsync()).IsWorking.ShouldBeTrue();
    }

    private Task<SqliteTestHost> StartAsync(string? connectionString = null) =>
        SqliteTestHost.StartAsync(connectionString ?? _file.ConnectionString, services => services.AddSingleton<TimeProvider>(_time));
}

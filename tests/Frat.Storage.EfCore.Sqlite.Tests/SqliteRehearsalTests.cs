using Frat.Conformance;

namespace Frat.Storage.EfCore.Sqlite.Tests;

/// <summary>A store goes the way of a punch before there is one, and nobody ever finds out.</summary>
public sealed class SqliteRehearsalTests : IDisposable
{
    private static readonly string[] Tables =
        ["people", "consents", "templates", "punches", "attendance_days", "template_changes", "audit_entries"];

    private readonly SqliteTestFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task RehearseAsync_OfAStoreWithPeople_GoesTheWholeWayAndLeavesEveryTableAsItWas()
    {
        await using var host = await SqliteTestHost.StartAsync(_file.ConnectionString);
        await host.People.EnrollAsync(Samples.Enrollment("E-1"));
        var (before, sequence) = (Counts(), await host.Encodings.GetSequenceAsync());

        var receipt = await ((AttendanceLog)host.Attendance).RehearseAsync(CancellationToken.None);
        foreach (var way in host.Get<IEnumerable<IWarmUp>>())
        {
            await way.WarmUpAsync();
        }

        receipt.ShouldNotBeNull().Duplicate.ShouldBeTrue("it is the second look within a minute");
        Counts().ShouldBe(before);
        (await host.Encodings.GetSequenceAsync()).ShouldBe(sequence);
        host.Get<IEnumerable<IWarmUp>>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task WarmUpAsync_DatabaseOpenedForReading_LeavesItAlone()
    {
        await (await SqliteTestHost.StartAsync(_file.ConnectionString)).DisposeAsync();
        await using var host = await SqliteTestHost.StartAsync(_file.ConnectionString + ";Mode=ReadOnly");

        await host.Get<IEnumerable<IWarmUp>>().Single().WarmUpAsync();
    }

    private long[] Counts() => [.. Tables.Select(table => _file.Scalar<long>($"SELECT count(*) FROM {table}"))];
}

using Frat.Conformance;

namespace Frat.Storage.EfCore.PostgreSql.Tests;

/// <summary>A store goes the way of a punch before there is one, and nobody ever finds out.</summary>
public sealed class PostgreSqlRehearsalTests
{
    [Fact]
    public async Task RehearseAsync_OnTwoHostsAtOnce_GoesTheWholeWayAndLeavesNobodyBehind()
    {
        using var database = new PostgreSqlTestDatabase();
        await using var first = await PostgreSqlTestHost.StartAsync(database.ConnectionString);
        await using var second = await PostgreSqlTestHost.StartAsync(database.ConnectionString);
        var sequence = await first.Encodings.GetSequenceAsync();

        var receipts = await Task.WhenAll(
            ((AttendanceLog)first.Attendance).RehearseAsync(CancellationToken.None),
            ((AttendanceLog)second.Attendance).RehearseAsync(CancellationToken.None));

        receipts.ShouldAllBe(receipt => receipt!.Duplicate);
        (await first.Encodings.GetSequenceAsync()).ShouldBe(sequence);
        (await first.People.EnrollAsync(Samples.Enrollment("E-1"))).ShouldNotBeNull();
        using var connection = database.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT count(*) FROM people) + (SELECT count(*) FROM punches)";
        ((long)command.ExecuteScalar()!).ShouldBe(1);
    }
}

using Frat.Conformance;

namespace Frat.Storage.EfCore.PostgreSql.Tests;

/// <summary>The server's log is read by others than FRAT's people.</summary>
public sealed class PostgreSqlServerLogTests : IDisposable
{
    private readonly PostgreSqlTestDatabase _database = new();

    public void Dispose() => _database.Dispose();

    [Fact]
    public async Task EnrollAsync_TwoHostsEnrolOneIdAtOnce_TheServersLogHasNoEmployeeId()
    {
        var secret = $"SECRET-{Guid.NewGuid():N}";
        await using var first = await PostgreSqlTestHost.StartAsync(_database.ConnectionString);
        await using var second = await PostgreSqlTestHost.StartAsync(_database.ConnectionString);
        for (var round = 0; round < 25; round++)
        {
            var id = $"{secret}-{round}";
            var receipts = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Task.Run(
                () => (i % 2 == 0 ? first : second).People.EnrollAsync(Samples.Enrollment(id, $"Name {i}", Samples.Encoding(i))))));

            receipts.Count(receipt => receipt.Created).ShouldBe(1);
            receipts.Select(receipt => receipt.Person).Distinct().ShouldHaveSingleItem();
        }

        // The log does tell of constraints that are run into: this is how it would look.
        await Should.ThrowAsync<Npgsql.PostgresException>(() => Task.Run(() => _database.Execute(
            "INSERT INTO people (id, employee_id, name, enrolled_at) SELECT gen_random_uuid(), employee_id, name, enrolled_at FROM "
                + $"people WHERE employee_id = '{secret}-0' LIMIT 1")));
        var log = PostgreSqlTestDatabase.Server.ReadLog().Split('\n').Where(line => line.Contains(secret, StringComparison.Ordinal))
            .ToList();
        log.ShouldNotBeEmpty();
        log.ShouldAllBe(line => line.Contains($"{secret}-0", StringComparison.Ordinal), "only what this test provoked by hand");
    }
}

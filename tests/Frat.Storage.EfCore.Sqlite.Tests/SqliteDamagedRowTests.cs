using Frat.Conformance;
using Microsoft.Data.Sqlite;

namespace Frat.Storage.EfCore.Sqlite.Tests;

/// <summary>
/// SQLite keeps whatever is written to a column. One such value makes one person unreadable, and stops nobody else and no host.
/// </summary>
public sealed class SqliteDamagedRowTests : IDisposable
{
    private static readonly string[] Tables = ["people", "templates", "consents"];

    private static readonly string[] Values = ["'garbage'", "X'00FF'", "-1", "1.5e300", "''", "NULL"];

    private readonly SqliteTestFile _file = new();

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("people")]
    [InlineData("templates")]
    [InlineData("consents")]
    public async Task Rows_AnyColumnHasAnyValue_StopNobodyElseAndNoHost(string table)
    {
        var owner = table == "people" ? "id" : "person_id";
        await using (var first = await SqliteTestHost.StartAsync(_file.ConnectionString))
        {
            await first.People.EnrollAsync(Samples.Enrollment("E-1"));
            await first.People.EnrollAsync(Samples.Enrollment("E-2", "Bob", Samples.Encoding(2)));
        }

        // Also where the columns say NOT NULL: anyone who writes to the file can change what the schema says.
        _file.Execute(
            "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql = replace(sql, ' NOT NULL', '') WHERE name IN ('people', "
                + "'templates', 'consents');");
        foreach (var name in Tables)
        {
            _file.Execute($"CREATE TABLE kept_{name} AS SELECT rowid AS r, * FROM {name}");
        }

        var row = $"rowid = (SELECT r FROM kept_{table} WHERE {owner} = (SELECT id FROM kept_people WHERE employee_id = 'E-1'))";
        await using var running = await SqliteTestHost.StartAsync(_file.ConnectionString);
        foreach (var column in Columns(table))
        {
            foreach (var value in Values)
            {
                var damage = $"{table}.{column} = {value}";
                _file.Execute($"PRAGMA foreign_keys=OFF; UPDATE {table} SET {column} = {value} WHERE {row}");
                await ShouldServeAsync(running, damage);
                await using (var host = await SqliteTestHost.StartAsync(_file.ConnectionString))
                {
                    await ShouldServeAsync(host, damage);
                    await host.Get<TemplateProtection>().ReencryptAsync(Samples.Note);
                }

                _file.Execute(
                    $"PRAGMA foreign_keys=OFF; UPDATE {table} SET {column} = (SELECT {column} FROM kept_{table} WHERE r = {table}.rowid) "
                        + $"WHERE {row}");
            }
        }

        (await ReadAsync(running)).ShouldBe(["E-1", "E-2"], ignoreOrder: true);
    }

    [Fact]
    public async Task Find_DamagedPerson_IsAFailureOfTheStoreThatSaysSo()
    {
        await using var host = await SqliteTestHost.StartAsync(_file.ConnectionString);
        await host.People.EnrollAsync(Samples.Enrollment("E-1"));

        _file.Execute("UPDATE people SET enrolled_at = 'garbage'");

        (await Should.ThrowAsync<StoreException>(() => host.People.FindAsync("E-1"))).Message.ShouldContain(
            "somebody changed it beside FRAT");
    }

    private static async Task ShouldServeAsync(SqliteTestHost host, string damage)
    {
        var read = await ReadAsync(host);
        read.ShouldContain("E-2", damage);
        read.Count.ShouldBeLessThanOrEqualTo(2, damage);
        var report = await host.Get<TemplateProtection>().CheckAsync();
        report.Unreadable.Count.ShouldBeLessThanOrEqualTo(1, damage);
        report.Unreadable.ShouldNotContain(template => template.EmployeeId == "E-2", damage);
        (await host.Encodings.GetSequenceAsync()).ShouldBeGreaterThan(0);
    }

    private static async Task<List<string>> ReadAsync(SqliteTestHost host) =>
        await host.Encodings.ReadAsync(Samples.EncoderId).Select(template => template.Person.EmployeeId).ToListAsync();

    private List<string> Columns(string table)
    {
        using var connection = _file.Open();
        using var command = new SqliteCommand($"SELECT name FROM pragma_table_info('{table}')", connection);
        using var reader = command.ExecuteReader();
        var columns = new List<string>();
        while (reader.Read())
        {
            columns.Add(reader.GetString(0));
        }

        return columns;
    }
}

using Frat.Conformance;
using Npgsql;

namespace Frat.Storage.EfCore.PostgreSql.Tests;

/// <summary>The accounts that docs/threat-model.md has an administrator make: each can do its work, and no more.</summary>
public sealed class PostgreSqlAccountsTests : IDisposable
{
    private const string Denied = PostgresErrorCodes.InsufficientPrivilege;
    private readonly PostgreSqlTestDatabase _database = new();
    private readonly string _hosts = $"hosts_{Guid.NewGuid():N}";
    private readonly string _reports = $"reports_{Guid.NewGuid():N}";

    public PostgreSqlAccountsTests() => _database.Execute(
        Statements().Replace("frat_hosts", _hosts, StringComparison.Ordinal).Replace("frat_reports", _reports, StringComparison.Ordinal));

    public void Dispose()
    {
        _database.Dispose();
        PostgreSqlTestDatabase.Server.Execute($"DROP ROLE {_hosts}");
        PostgreSqlTestDatabase.Server.Execute($"DROP ROLE {_reports}");
    }

    [Fact]
    public async Task Hosts_AccountThatOwnsNothing_DoesAllTheWorkOfAHost()
    {
        await using var host = await PostgreSqlTestHost.StartAsync(ConnectionString(_hosts));
        var ada = (await host.Store.EnrollAsync(Samples.Enrollment("E-1"))).Person;
        var bob = (await host.Store.EnrollAsync(Samples.Enrollment("E-2", "Bob", Samples.Encoding(2)))).Person;

        (await host.Attendance.AppendAsync(Samples.Punch(ada.Id, Samples.Monday.At(8)))).ShouldNotBeNull();
        var leave = new Leave { PersonId = ada.Id, From = Samples.Monday.AddDays(1), To = Samples.Monday.AddDays(1), Note = "Moving" };
        (await host.Get<IScheduleStore>().SaveLeaveAsync(leave, Samples.Note)).ShouldBeTrue();
        (await host.Store.SetActiveAsync(ada.Id, active: false, Samples.Note)).ShouldBeTrue();
        (await host.Store.RevokeAsync(ada.Id, Samples.Note)).ShouldBeTrue();
        (await host.Store.ForgetAsync(bob.Id, Samples.Note)).ShouldBeTrue();
        (await host.Get<IRetention>().ApplyAsync(new RetentionPolicy { AttendanceDays = 30, Confirmed = true })).Days.ShouldBePositive();
        (await host.Get<TemplateProtection>().ReencryptAsync(Samples.Note)).Unreadable.ShouldBe(0);
        (await host.Get<IStoreProbe>().ProbeAsync()).Problem.ShouldBeNull();
        (await host.Get<AuditVerifier>().VerifyAsync()).Faults.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("UPDATE audit_entries SET by = 'somebody else'")]
    [InlineData("DELETE FROM audit_entries")]
    [InlineData("TRUNCATE audit_entries")]
    [InlineData("UPDATE audit_seals SET begins_anew = false")]
    [InlineData("DELETE FROM audit_seals")]
    [InlineData("ALTER TABLE audit_entries DISABLE TRIGGER USER")]
    [InlineData("DROP TRIGGER audit_entries_guard ON audit_entries")]
    [InlineData("CREATE OR REPLACE FUNCTION frat_refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'")]
    [InlineData("SET session_replication_role = replica")]
    [InlineData("DROP TABLE people")]
    public async Task Hosts_WhatChangesTheTrailOrItsGuards_IsDenied(string sql)
    {
        await using (var host = await PostgreSqlTestHost.StartAsync(ConnectionString(_hosts)))
        {
            await host.Store.EnrollAsync(Samples.Enrollment("E-1"));
        }

        Should.Throw<PostgresException>(() => Execute(_hosts, sql)).SqlState.ShouldBe(Denied);
    }

    [Fact]
    public async Task Reports_AccountThatReads_ReadsAttendanceAndNothingElse()
    {
        await using (var host = await PostgreSqlTestHost.StartAsync(ConnectionString(_hosts)))
        {
            var ada = (await host.Store.EnrollAsync(Samples.Enrollment("E-1"))).Person;
            await host.Attendance.AppendAsync(Samples.Punch(ada.Id, Samples.Monday.At(8)));
        }

        // As "frat report" opens it.
        await using var reader = new PostgreSqlTestHost(ConnectionString(_reports) + ";Options=-c default_transaction_read_only=on");
        (await reader.Attendance.ReadDaysAsync(Samples.Monday, Samples.Monday).SingleAsync()).Person.EmployeeId.ShouldBe("E-1");
        (await reader.Attendance.ReadPunchesAsync(Samples.Monday, Samples.Monday).CountAsync()).ShouldBe(1);
        (await reader.Store.ListAsync().CountAsync()).ShouldBe(1);
        foreach (var sql in (string[])[
            "SELECT encoding FROM templates",
            "SELECT by FROM audit_entries",
            "SELECT purpose FROM consents",
            "UPDATE people SET name = 'x'",
            "DELETE FROM punches"
        ])
        {
            Should.Throw<PostgresException>(() => Execute(_reports, sql)).SqlState.ShouldBe(Denied, sql);
        }
    }

    private static string Statements()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "frat.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run inside the repository.");
        }

        return File.ReadAllText(Path.Combine(folder.FullName, "docs", "threat-model.md")).Split("```sql\n")[1].Split("```")[0];
    }

    private string ConnectionString(string account) => PostgreSqlTestDatabase.Server.ConnectionString(_database.Name, account, "change-me");

    private void Execute(string account, string sql)
    {
        using var connection = new NpgsqlConnection(ConnectionString(account) + ";Pooling=False");
        connection.Open();
        connection.Execute(sql);
    }
}

using System.Globalization;
using Frat.Cli.Tests.Database;
using Frat.Storage.EfCore;
using Microsoft.Data.Sqlite;

namespace Frat.Cli.Tests.Retention;

public sealed class RetentionCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Retention_DryRunAndThenForGood_SaysTheSameAndDeletesOnlyThen()
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        var today = TimeProvider.System.GetUtcNow().UtcDateTime.Date;
        var ada = await EnrollAsync(target, "E-1", templates: 2);
        await EnrollAsync(target, "E-2", templates: 1);
        await PunchAsync(target, ada, new DateTime(2020, 1, 2, 9, 0, 0));
        await PunchAsync(target, ada, new DateTime(2020, 1, 2, 17, 0, 0));
        await PunchAsync(target, ada, today.AddDays(-1).AddHours(9));
        Age(target, ada);

        var dry = await RunAsync(target, "--attendance-days", "365", "--dry-run");

        dry.ExitCode.ShouldBe(0, dry.Error);
        dry.Lines[0].ShouldStartWith("Templates:  2 templates of 1 person, not recognised since ");
        dry.Lines[1].ShouldStartWith("Attendance: 1 day, 2 punches, 0 corrections and 0 leaves of 1 person, before ");
        dry.Lines[2].ShouldBe("A dry run: nothing was deleted.");
        (await target.DaysAsync()).Count.ShouldBe(2);
        (await target.Encodings.ListAsync(ada)).Count.ShouldBe(2);

        // A database on which nothing was ever deleted by age: the clock could be years ahead.
        dry.Error.ShouldContain("frat retention --yes");
        var refused = await RunAsync(target, "--attendance-days", "365");
        refused.ExitCode.ShouldBe(1);
        refused.Error.ShouldContain("frat retention --yes");
        refused.Lines.ShouldBe([dry.Lines[0], dry.Lines[1], "Nothing was deleted."]);
        (await target.DaysAsync()).Count.ShouldBe(2);
        (await target.Encodings.ListAsync(ada)).Count.ShouldBe(2);

        var run = await RunAsync(target, "--attendance-days", "365", "--yes");

        (run.ExitCode, run.Error).ShouldBe((0, ""));
        run.Lines.ShouldBe([dry.Lines[0], dry.Lines[1], "Deleted."]);
        (await target.DaysAsync()).ShouldHaveSingleItem().Date.ShouldBe(DateOnly.FromDateTime(today.AddDays(-1)));
        (await target.Encodings.ListAsync(ada)).ShouldBeEmpty();
        (await RunAsync(target, "--attendance-days", "365")).Lines[2].ShouldBe("There was nothing to delete.");
    }

    // What is deleted has its entry in the trail, which is sealed with a key.
    [Fact]
    public async Task Retention_KeysAreInAFileElsewhere_TakesTheNamedFileAndDeletesNothingWithoutIt()
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        var ada = await EnrollAsync(target, "E-1", templates: 1);
        Age(target, ada);
        File.Move(TemplateKeyFile.Beside(target.Address), _folder.File("elsewhere.keys"));

        var without = await RunAsync(target, "--yes");
        (without.ExitCode, without.Error).ShouldSatisfyAllConditions(
            run => run.ExitCode.ShouldBe(4), run => run.Error.ShouldContain("There is no key file"));
        (await target.Encodings.ListAsync(ada)).ShouldHaveSingleItem();

        (await RunAsync(target, "--yes", "--keys", _folder.File("elsewhere.keys"))).Lines[^1].ShouldBe("Deleted.");
        (await target.Encodings.ListAsync(ada)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Retention_WithoutAttendanceDays_KeepsAttendance()
    {
        await using var target = TargetDatabase.Sqlite(_folder);
        var ada = await EnrollAsync(target, "E-1", templates: 1);
        await PunchAsync(target, ada, new DateTime(2020, 1, 2, 9, 0, 0));
        Age(target, ada);

        (await RunAsync(target, "--template-days", "0")).Lines.ShouldBe(
            ["Templates:  0 templates of 0 people, without a consent in force", "Attendance: kept", "There was nothing to delete."]);
        (await RunAsync(target, "--template-days", "100")).Lines[0].ShouldStartWith(
            "Templates:  1 template of 1 person, not recognised since ");
        (await target.DaysAsync()).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(2, "--template-days takes a number of days from 0 to 36500, not '-1'.", "--template-days", "-1")]
    [InlineData(2, "--attendance-days takes a number of days from 1 to 36500, not '0'.", "--attendance-days", "0")]
    [InlineData(2, "--attendance-days takes a number of days from 1 to 36500, not '36501'.", "--attendance-days", "36501")]
    [InlineData(1, "There is no such database.")]
    [InlineData(1, "There is no such database.", "--dry-run")]
    public async Task Retention_WhatCannotBe_IsSaid(int code, string message, params string[] args)
    {
        var run = await FratRun.Of(["retention", "--database", _folder.File("none.db"), .. args]);

        (run.ExitCode, run.Output).ShouldBe((code, ""), run.Error);
        run.Error.ShouldContain(message);
        File.Exists(_folder.File("none.db")).ShouldBeFalse();
    }

    private static Task<FratRun> RunAsync(TargetDatabase target, params string[] args) =>
        FratRun.Of(["retention", "--database", target.Address, .. args]);

    private static async Task<Guid> EnrollAsync(
        TargetDatabase target, string employeeId, int templates) => (await target.People.EnrollAsync(new Enrollment
    {
        EmployeeId = employeeId,
        Name = "Ada",
        Templates = [.. Enumerable.Range(0, templates)
            .Select(i => new NewTemplate { Encoding = new FaceEncoding("an encoder", [i, .. new float[127]]) })],
        Consent = new ConsentOptions { TermDays = null }.ToConsent(
            ConsentBasis.Given, Actor.User("test"), TimeProvider.System.GetUtcNow().AddDays(-1)),
        Note = new AuditNote { By = Actor.User("test") },
    })).Person.Id;

    private static Task<PunchReceipt?> PunchAsync(TargetDatabase target, Guid person, DateTime local) => target.Log.AppendAsync(new Punch
    {
        PersonId = person,
        Instant = new DateTimeOffset(local, TimeSpan.Zero),
        TimeZone = "Etc/UTC",
        LocalTime = local,
        Source = "kiosk",
        Method = PunchMethod.Manual,
        IdempotencyKey = local.ToString("O", CultureInfo.InvariantCulture),
    });

    /// <summary>As if a person's templates had been there for long.</summary>
    private static void Age(TargetDatabase target, Guid person)
    {
        using var connection = new SqliteConnection($"Data Source={target.Address};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE templates SET created_at = '2020-01-01 00:00:00' WHERE person_id = $person";
        command.Parameters.AddWithValue("$person", person);
        command.ExecuteNonQuery();
    }
}

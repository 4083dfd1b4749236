using System.Collections.Concurrent;
using System.Data.Common;
using System.Text;
using Frat.Conformance;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Frat.Storage.EfCore.Sqlite.Tests;

/// <summary>What the stores leave in the file, and how they ask for it.</summary>
public sealed class SqliteStorageTests : IDisposable
{
    private readonly SqliteTestFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task AppendAsync_ADay_IsStoredInFormsThatPeopleRead()
    {
        await using var host = await SqliteTestHost.StartAsync(_file.ConnectionString);
        var ada = (await host.People.EnrollAsync(Samples.Enrollment("E-1"))).Person;
        await host.Attendance.AppendAsync(Samples.Punch(ada.Id, Samples.Monday.At(8)));

        _file.Scalar<string>("SELECT date || ' ' || first_in || ' ' || status FROM attendance_days")
            .ShouldBe("2026-03-02 2026-03-02 08:00:00 Present");
        _file.Scalar<string>("SELECT instant || ' ' || local_time || ' ' || method FROM punches")
            .ShouldBe("2026-03-02 07:00:00 2026-03-02 08:00:00 Face");
    }

    [Fact]
    public async Task Constraints_ASecondRowForWhatIsUnique_AreOfTheDatabase()
    {
        await using var host = await SqliteTestHost.StartAsync(_file.ConnectionString);
        var ada = (await host.People.EnrollAsync(Samples.Enrollment("E-1"))).Person;
        await host.Attendance.AppendAsync(Samples.Punch(ada.Id, Samples.Monday.At(8)));

        string[] copies =
        [
            "INSERT INTO attendance_days SELECT * FROM attendance_days",
            "INSERT INTO people (id, employee_id, name, enrolled_at) SELECT 'another id', employee_id, name, enrolled_at FROM people",
            """
            CREATE TEMP TABLE copy AS SELECT * FROM punches; UPDATE copy SET id = 'another id'; INSERT INTO punches SELECT * FROM copy
            """,
            "DELETE FROM people",
        ];
        foreach (var sql in copies)
        {
            Should.Throw<SqliteException>(() => _file.Execute("PRAGMA foreign_keys=ON; " + sql)).SqliteErrorCode.ShouldBe(19, sql);
        }
    }

    [Fact]
    public async Task EnrollAsync_TheApplicationsClock_IsCutToTheMicrosecond()
    {
        var now = new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.FromHours(-5)).AddTicks(12_345_678);
        await using var host = await SqliteTestHost.StartAsync(
            _file.ConnectionString, services => services.AddSingleton<TimeProvider>(new FakeTimeProvider(now)));

        var receipt = await host.People.EnrollAsync(Samples.Enrollment("E-1"));

        receipt.Person.EnrolledAt.ShouldBe(now.AddTicks(-8));
        receipt.Person.EnrolledAt.Offset.ShouldBe(TimeSpan.Zero);
        (await host.People.FindAsync("E-1")).ShouldBe(receipt.Person);
    }

    [Fact]
    public async Task ForgetAsync_APerson_LeavesNoTraceInTheFile()
    {
        await using (var host = await SqliteTestHost.StartAsync(_file.ConnectionString))
        {
            var ada = (await host.People.EnrollAsync(Samples.Enrollment("E-evanescent", "Ada the Evanescent"))).Person;
            await host.Attendance.AppendAsync(Samples.Punch(ada.Id, Samples.Monday.At(8), "key of the evanescent"));
            (await host.People.ForgetAsync(ada.Id, Samples.Note)).ShouldBeTrue();
        }

        File.Exists(_file.Path + "-wal").ShouldBeFalse("the log is brought into the file when the host stops");
        var bytes = (await File.ReadAllBytesAsync(_file.Path)).AsSpan();
        bytes.IndexOf(Encoding.UTF8.GetBytes("vanescent")).ShouldBe(-1);
        bytes.IndexOf(Samples.Encoding(1).ToBytes().AsSpan(0, 64)).ShouldBe(-1);
    }

    [Fact]
    public async Task WaitForChangesAsync_ChangeByAnotherHost_IsSeenAtTheNextLook()
    {
        var time = new FakeTimeProvider();
        await using var host =
            await SqliteTestHost.StartAsync(_file.ConnectionString, services => services.AddSingleton<TimeProvider>(time));
        await using var other = await SqliteTestHost.StartAsync(_file.ConnectionString);
        var wait = host.Encodings.WaitForChangesAsync(0);
        await other.People.EnrollAsync(Samples.Enrollment("E-1"));
        wait.IsCompleted.ShouldBeFalse();

        // Well within the second that the contract gives.
        time.Advance(TimeSpan.FromMilliseconds(500));

        await wait.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task WaitForChangesAsync_EveryKindOfChangeByThisHost_WakesWithoutALook()
    {
        // A clock that stands still: nothing is looked for again.
        await using var host = await SqliteTestHost.StartAsync(
            _file.ConnectionString, services => services.AddSingleton<TimeProvider>(new FakeTimeProvider()));
        Person ada = null!;
        await WakesAsync(async () => ada = (await host.People.EnrollAsync(Samples.Enrollment("E-1"))).Person);
        await WakesAsync(() => host.Consents.RevokeAsync(ada.Id, Samples.Note));
        await WakesAsync(() => host.People.ForgetAsync(ada.Id, Samples.Note));

        async Task WakesAsync(Func<Task> change)
        {
            var wait = host.Encodings.WaitForChangesAsync(await host.Encodings.GetSequenceAsync());
            await change();
            await wait.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    [Fact]
    public async Task Streams_LeftAfterAFewRows_HaveReadOnlyOnePage()
    {
        const int Days = Pages.Size + 200;
        var commands = new Commands();
        await using var host = await SqliteTestHost.StartAsync(_file.ConnectionString, commands.Add);
        var person = (await host.People.EnrollAsync(Samples.Enrollment("E-1"))).Person;
        for (var day = 0; day < Days; day++)
        {
            await host.Attendance.AppendAsync(Samples.Punch(person.Id, Samples.Monday.AddDays(-day).At(8)));
        }

        await LeaveAsync(host.Attendance.ReadDaysAsync(DateOnly.MinValue, DateOnly.MaxValue));
        await LeaveAsync(host.Attendance.ReadPunchesAsync(DateOnly.MinValue, DateOnly.MaxValue));

        async Task LeaveAsync<T>(IAsyncEnumerable<T> rows)
        {
            (await rows.Take(3).CountAsync()).ShouldBe(3);
            commands.RowsOfLastReader.ShouldBeInRange(3, Pages.Size + 1);
            (await rows.CountAsync()).ShouldBe(Days);
        }
    }

    // Growth is kept out by indexes, which is what can be tested without a clock.
    [Fact]
    public async Task Queries_OfEveryCall_ReadNoTableWholeAndSortNothingThatAnIndexGives()
    {
        var commands = new Commands();
        await using var host = await SqliteTestHost.StartAsync(_file.ConnectionString, commands.Add);
        commands.Texts.Clear();
        var ada = (await host.People.EnrollAsync(Samples.Enrollment("E-1"))).Person;
        var punch = Samples.Punch(ada.Id, Samples.Monday.At(8));
        await host.Attendance.AppendAsync(punch);
        await host.Attendance.CorrectAsync(Samples.Correction(punch.Id, Samples.Monday.AddDays(1).At(8)));
        await host.Attendance.CorrectAsync(Samples.Correction(punch.Id, Samples.Monday.AddDays(1).At(9), 1));

        // By person, the database sorts what it reads: no index has days in the order of employee IDs.
        await host.Attendance.ReadDaysAsync(Samples.Monday, Samples.Monday.AddDays(30), order: DayOrder.ByPerson).CountAsync();
        await host.Attendance.FindDayAsync(ada.Id, Samples.Monday);
        await host.People.FindAsync("E-1");
        await host.Encodings.GetSequenceAsync();
        await host.Encodings.ListChangesAsync(0);
        await host.Consents.RevokeAsync(ada.Id, Samples.Note);
        await host.People.ForgetAsync(ada.Id, Samples.Note);
        Find(step => ReadsTableWhole(step.Step, step.Sql)).ShouldBeEmpty();

        commands.Texts.Clear();
        await host.People.ReadAsync().CountAsync();
        await host.Encodings.ReadAsync(Samples.EncoderId, ada.Id).CountAsync();
        await host.Encodings.ReadAsync(Samples.EncoderId).CountAsync();
        await host.Attendance.ReadDaysAsync(Samples.Monday, Samples.Monday.AddDays(30)).CountAsync();
        await host.Attendance.ReadDaysAsync(Samples.Monday, Samples.Monday.AddDays(30), ada.Id).CountAsync();
        await host.Attendance.ReadPunchesAsync(Samples.Monday, Samples.Monday.AddDays(30), ada.Id).CountAsync();
        await host.Attendance.ReadPunchesAsync(Samples.Monday, Samples.Monday.AddDays(30)).CountAsync();
        await host.Attendance.ReadDaysAsync(Samples.Monday, Samples.Monday.AddDays(30), ada.Id, DayOrder.EarliestFirst).CountAsync();
        await host.Attendance.ReadDaysAsync(Samples.Monday, Samples.Monday.AddDays(30), order: DayOrder.EarliestFirst).CountAsync();
        Find(step => ReadsTableWhole(step.Step, step.Sql) || step.Step == "USE TEMP B-TREE FOR ORDER BY").ShouldBeEmpty();

        (string Step, string Sql)[] Find(Func<(string Step, string Sql), bool> isSlow)
        {
            commands.Texts.Count.ShouldBeGreaterThan(5);
            return [.. commands.Texts.Distinct().SelectMany(sql => Plan(sql).Select(step => (step, sql))).Where(isSlow)];
        }

        // "SCAN p" with no index; but not the one row of a subquery with LIMIT 1, nor of EXISTS.
        static bool ReadsTableWhole(string step, string sql) =>
            step.StartsWith(
                "SCAN ", StringComparison.Ordinal) && step != "SCAN CONSTANT ROW" && !step.Contains("INDEX", StringComparison.Ordinal)
            && !sql.Contains($") AS \"{step[5..]}\"", StringComparison.Ordinal);
    }

    private List<string> Plan(string sql)
    {
        using var connection = _file.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
        foreach (System.Text.RegularExpressions.Match name in System.Text.RegularExpressions.Regex.Matches(sql, @"@\w+"))
        {
            if (!command.Parameters.Contains(name.Value))
            {
                command.Parameters.AddWithValue(name.Value, "");
            }
        }

        var steps = new List<string>();
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            steps.Add(reader.GetString(3));
        }

        return steps;
    }

    /// <summary>Listens to what EF Core asks the database.</summary>
    private sealed class Commands : DbCommandInterceptor
    {
        // The host's own work goes on in the background.
        public ConcurrentQueue<string> Texts { get; } = [];

        public int RowsOfLastReader { get; private set; }

        public void Add(IServiceCollection services) =>
            services.ConfigureDbContext<FratDbContext>(options => options.AddInterceptors(this));

        public override ValueTask<DbDataReader> ReaderExecutedAsync(
            DbCommand command, CommandExecutedEventData eventData, DbDataReader result, CancellationToken cancellationToken = default)
        {
            Texts.Enqueue(command.CommandText);
            return ValueTask.FromResult(result);
        }

        public override ValueTask<int> NonQueryExecutedAsync(
            DbCommand command, CommandExecutedEventData eventData, int result, CancellationToken cancellationToken = default)
        {
            Texts.Enqueue(command.CommandText);
            return ValueTask.FromResult(result);
        }

        public override ValueTask<InterceptionResult> DataReaderClosingAsync(
            DbCommand command, DataReaderClosingEventData eventData, InterceptionResult result)
        {
            RowsOfLastReader = eventData.ReadCount;
            return ValueTask.FromResult(result);
        }
    }
}

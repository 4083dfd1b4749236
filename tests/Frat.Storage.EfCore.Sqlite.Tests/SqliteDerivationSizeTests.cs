using System.Data.Common;
using Frat.Conformance;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Storage.EfCore.Sqlite.Tests;

/// <summary>
/// That no change holds SQLite's one write lock for longer than it takes to derive so many days (W4): everybody's check-in waits for it.
/// </summary>
public sealed class SqliteDerivationSizeTests : IDisposable
{
    private const int Years = 9;
    private const int People = 3;
    private const int WorkdaysAYear = 260;
    private const int OfOnePerson = DayDeriver.DaysAtOnce;
    private const int OfManyPeople = DerivationQueue.DaysAtOnce + DayDeriver.DaysAtOnce;
    private static readonly DateOnly Beginning = new(2010, 1, 4);
    private static readonly Schedule Office = new() { Name = "Office", TimeZone = "Europe/Berlin", Start = new(9, 0), End = new(17, 0) };
    private readonly SqliteTestFile _file = new();
    private readonly TestClock _clock = new(new DateTimeOffset(Beginning.At(6), TimeSpan.Zero));
    private readonly CountingRules _rules = new();
    private readonly Transactions _transactions;

    public SqliteDerivationSizeTests() => _transactions = new(_rules);

    public void Dispose() => _file.Dispose();

    [Fact]
    public async Task EveryChange_OfManyYears_IsDerivedInTransactionsOfBoundedSize()
    {
        await using var host = new SqliteTestHost(_file.ConnectionString, AddServices); // Not started: nothing works beside the test.
        var schedules = host.Get<IScheduleStore>();
        await schedules.SaveScheduleAsync(Office, Samples.Note);
        var people = new List<Person>();
        for (var i = 0; i < People; i++)
        {
            people.Add((await host.People.EnrollAsync(Samples.Enrollment($"E-{i}") with { Templates = [], Consent = null })).Person);
        }

        _clock.Set(Beginning.AddYears(Years));
        var assignment = new ScheduleAssignment { Id = Guid.NewGuid(), PersonId = people[0].Id, ScheduleId = Office.Id, From = Beginning };
        await ChangeAsync("an assignment", 1, OfManyPeople, () => schedules.SaveAssignmentAsync(assignment, Samples.Note));
        await ChangeAsync("its end", 1, OfManyPeople, () => schedules.DeleteAssignmentAsync(assignment.Id, Samples.Note));
        await ChangeAsync("everybody's schedule", People, OfManyPeople, () => SharedAsync(
            () => schedules.SetDefaultScheduleAsync(Office.Id, Beginning, Samples.Note)));
        await ChangeAsync("a schedule", People, OfManyPeople, () => SharedAsync(
            () => schedules.SaveScheduleAsync(Office with { End = new(18, 0) }, Samples.Note)));
        await ChangeAsync("a leave", 1, OfManyPeople, () => schedules.SaveLeaveAsync(
            new Leave { PersonId = people[0].Id, From = Beginning, To = Beginning.AddYears(10) }, Samples.Note));
        await ChangeAsync("everything", People, OfOnePerson, () => host.Attendance.DeriveAsync(DateOnly.MinValue, DateOnly.MaxValue));

        async Task ChangeAsync(string what, int peoples, int most, Func<Task> change)
        {
            _transactions.Clear();
            await change();
            _transactions.Total.ShouldBeGreaterThanOrEqualTo(peoples * Years * WorkdaysAYear, what);
            _transactions.Most.ShouldBeLessThanOrEqualTo(most, what);
        }

        async Task SharedAsync(Func<Task> change)
        {
            await change();
            await host.Get<DerivationQueue>().RunAsync(CancellationToken.None);
        }
    }

    private void AddServices(IServiceCollection services)
    {
        services.AddSingleton<TimeProvider>(_clock).AddSingleton<IAttendanceRules>(_rules);
        services.ConfigureDbContext<FratDbContext>(options => options.AddInterceptors(_transactions));
    }

    /// <summary>Counts the days that are derived in each transaction, of which there is one at a time.</summary>
    private sealed class Transactions(CountingRules rules) : DbTransactionInterceptor
    {
        public long Most { get; private set; }

        public long Total { get; private set; }

        public void Clear() => (Most, Total, rules.Days) = (0, 0, 0);

        public override ValueTask<DbTransaction> TransactionStartedAsync(
            DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
        {
            rules.Days = 0;
            return ValueTask.FromResult(result);
        }

        public override Task TransactionCommittedAsync(
            DbTransaction transaction, TransactionEndEventData eventData, CancellationToken cancellationToken = default)
        {
            (Most, Total, rules.Days) = (Math.Max(Most, rules.Days), Total + rules.Days, 0);
            return Task.CompletedTask;
        }
    }
}

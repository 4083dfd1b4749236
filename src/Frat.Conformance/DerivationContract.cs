using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Conformance;

/// <summary>
/// That a change which many people share reaches all of them, though a host is ended in the middle of it, or several work on it.
/// </summary>
public abstract class DerivationContract : StorageContract
{
    private const int PersonCount = 60;
    private static readonly Schedule Office = new() { Name = "Office", TimeZone = "Europe/Berlin", Start = new(9, 0), End = new(17, 0) };
    private readonly TestClock _clock = new(new DateTimeOffset(Samples.Monday.AddDays(5).At(12), TimeSpan.Zero));
    private readonly InterruptedRules _rules = new();

    protected override void AddServices(IServiceCollection services) =>
        services.AddSingleton<TimeProvider>(_clock).AddSingleton<IAttendanceRules>(_rules);

    [Theory]
    [InlineData(19)]
    [InlineData(55)]
    public async Task SaveScheduleAsync_TheHostEndsBetweenTwoPeople_AnotherOneGoesOnFromThere(int endsAt)
    {
        var people = await WorkAsync();
        _rules.EndsAt = people[endsAt];
        await Schedules.SaveScheduleAsync(Office with { LateGrace = TimeSpan.FromMinutes(15) }, Samples.Note);
        await _rules.Ended.WaitAsync(TimeSpan.FromMinutes(1));
        await StopAsync();
        var done = (await StatusesAsync()).Count(status => status == AttendanceStatus.Present);
        done.ShouldBeLessThanOrEqualTo(endsAt);
        (await Schedules.CountPendingAsync()).ShouldBe(1);

        // The host that was ended had said how long it would be at it.
        _clock.Now += TimeSpan.FromMinutes(3);
        _rules.Restart();
        Use(await StartHostAsync());

        await UntilDoneAsync();
        (await StatusesAsync()).ShouldBe(Enumerable.Repeat(AttendanceStatus.Present, PersonCount));
        people.Count(_rules.IsDerivedOnce).ShouldBe(PersonCount - done);
        people.Skip(done).ShouldAllBe(person => _rules.IsDerivedOnce(person));
        (await Attendance.DeriveAsync(DateOnly.MinValue, DateOnly.MaxValue)).ShouldBe(0);
    }

    [Fact]
    public async Task SaveScheduleAsync_SeveralHostsStartOnItAtOnce_EachPersonIsDerivedOnce()
    {
        var people = await WorkAsync();
        await StopAsync();
        await Schedules.SaveScheduleAsync(Office with { LateGrace = TimeSpan.FromMinutes(15) }, Samples.Note);
        _rules.Restart();

        await Task.WhenAll(StartHostAsync(), StartHostAsync(), StartHostAsync());

        await UntilDoneAsync();
        await StopAsync();
        (await StatusesAsync()).ShouldBe(Enumerable.Repeat(AttendanceStatus.Present, PersonCount));
        people.ShouldAllBe(person => _rules.IsDerivedOnce(person));
        (await Attendance.DeriveAsync(DateOnly.MinValue, DateOnly.MaxValue)).ShouldBe(0);
    }

    /// <summary>Everybody comes ten minutes late, and the days are derived.</summary>
    /// <returns>The people, in the order in which a database has their ids.</returns>
    private async Task<List<Guid>> WorkAsync()
    {
        await Schedules.SaveScheduleAsync(Office, Samples.Note);
        await Schedules.SetDefaultScheduleAsync(Office.Id, Samples.Monday, Samples.Note);
        var people = new List<Guid>();
        for (var i = 0; i < PersonCount; i++)
        {
            var person = (await People.EnrollAsync(Samples.Enrollment($"E-{i}") with { Templates = [], Consent = null })).Person;
            await Attendance.AppendAsync(Samples.Punch(person.Id, Samples.Monday.At(9, 10)) with { Method = PunchMethod.Pin });
            await Attendance.AppendAsync(Samples.Punch(person.Id, Samples.Monday.At(17)) with { Method = PunchMethod.Pin });
            people.Add(person.Id);
        }

        await UntilDoneAsync();
        (await StatusesAsync()).ShouldBe(Enumerable.Repeat(AttendanceStatus.Late, PersonCount));
        return [.. people.OrderBy(id => id.ToString(), StringComparer.Ordinal)];
    }

    private async Task<List<AttendanceStatus>> StatusesAsync() =>
        [.. (await ReadAsync(Attendance.ReadDaysAsync(Samples.Monday, Samples.Monday))).Select(day => day.Status)];

    /// <summary>The real rules, but for one person with whom the process ends.</summary>
    private sealed class InterruptedRules : IAttendanceRules
    {
        private readonly IAttendanceRules _rules = new ServiceCollection().AddAttendanceRules().BuildServiceProvider()
            .GetRequiredService<IAttendanceRules>();
        private readonly ConcurrentDictionary<Guid, int> _derived = new();
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Guid? EndsAt { get; set; }

        public Task Ended => _ended.Task;

        public void Restart()
        {
            EndsAt = null;
            _derived.Clear();
        }

        public bool IsDerivedOnce(Guid person) => _derived.GetValueOrDefault(person) == 1;

        public IReadOnlyList<DayDetail> Derive(AttendanceFacts facts)
        {
            if (facts.Person.Id == EndsAt)
            {
                _ended.TrySetResult();
                throw new InvalidOperationException("The process ends here.");
            }

            _derived.AddOrUpdate(facts.Person.Id, 1, (_, times) => times + 1);
            return _rules.Derive(facts);
        }

        public DateOnly FindLastClosedDate(Schedule schedule, DateTimeOffset asOf) => _rules.FindLastClosedDate(schedule, asOf);

        public void Check(Schedule schedule) => _rules.Check(schedule);

        public void Check(Punch punch, DateTimeOffset asOf) => _rules.Check(punch, asOf);

        public void Check(PunchCorrection correction, DateTimeOffset asOf) => _rules.Check(correction, asOf);
    }
}

using Frat.Conformance;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Frat.Storage.EfCore.Sqlite.Tests;

/// <summary>
/// After any history of changes, deriving everything anew changes nothing (W2, W3, W15): what is stored is what the rules make of the facts, whenever a host ran. Each history is
/// one of several people in one database, so that one of them also holds that others are left alone.
/// </summary>
public sealed class DayHistoryTests : IDisposable
{
    private const int HistoriesPerDatabase = 25;
    private static readonly DateOnly Monday = Samples.Monday;
    private readonly SqliteTestFile _file = new();

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 80)];

    public void Dispose() => _file.Dispose();

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task DeriveAsync_AfterAnyHistory_ChangesNothing(int seed)
    {
        var random = new Random(seed);
        var clock = new TestClock(new DateTimeOffset(Monday.At(6), TimeSpan.Zero));
        using var host = Build(clock);
        await host.StartAsync();
        var history = new History(host.Services, clock, random);
        await history.BeginAsync(HistoriesPerDatabase);
        for (var step = 0; step < HistoriesPerDatabase * 6; step++)
        {
            await history.StepAsync();
        }

        await host.Services.GetRequiredService<DerivationQueue>().RunAsync(CancellationToken.None);

        (await host.Services.GetRequiredService<IAttendanceLog>().DeriveAsync(DateOnly.MinValue, DateOnly.MaxValue)).ShouldBe(0, $"seed {seed}: {history}");
        await host.StopAsync();
    }

    // Without the service of the host: a history says itself when one runs.
    private IHost Build(TestClock clock)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<TimeProvider>(clock).AddAttendanceRules();
        new FratBuilder(builder.Services).UseSqlite(_file.ConnectionString);
        builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(DayKeeper)));
        return builder.Build();
    }

    private sealed class History(IServiceProvider services, TestClock clock, Random random)
    {
        private readonly IEncodingStore _people = services.GetRequiredService<IEncodingStore>();
        private readonly IAttendanceLog _log = services.GetRequiredService<IAttendanceLog>();
        private readonly IScheduleStore _schedules = services.GetRequiredService<IScheduleStore>();
        private readonly DerivationQueue _queue = services.GetRequiredService<DerivationQueue>();
        private readonly List<Guid> _ids = [];
        private readonly List<Schedule> _saved = [];
        private readonly List<Punch> _punches = [];
        private readonly List<ScheduleAssignment> _assignments = [];
        private readonly List<Leave> _leaves = [];
        private readonly HashSet<Guid> _inactive = [];
        private readonly List<string> _steps = [];
        private HolidayCalendar _calendar = new() { Name = "Holidays", Holidays = [] };

        public override string ToString() => string.Join("; ", _steps);

        public async Task BeginAsync(int people)
        {
            await _schedules.SaveCalendarAsync(_calendar, Samples.Note);
            for (var i = 0; i < people; i++)
            {
                _ids.Add((await _people.EnrollAsync(Samples.Enrollment($"E-{i}") with { Templates = [], Consent = null })).Person.Id);
            }
        }

        public async Task StepAsync()
        {
            var person = Pick(_ids);
            switch (random.Next(16))
            {
                case < 5:
                    await PunchAsync(person);
                    break;
                case 5 when _punches.Count > 0:
                    await CorrectAsync(Pick(_punches));
                    break;
                case 6:
                    await SaveScheduleAsync();
                    break;
                case 7 or 8 when _saved.Count > 0:
                    await AssignAsync(person);
                    break;
                case 9 when _saved.Count > 0:
                    Say("default");
                    await _schedules.SetDefaultScheduleAsync(random.Next(4) == 0 ? null : Pick(_saved).Id, Day(), Samples.Note);
                    break;
                case 10:
                    await LeaveAsync(person);
                    break;
                case 11:
                    _calendar = _calendar with { Holidays = [.. Enumerable.Range(-5, 25).Where(_ => random.Next(5) == 0).Select(day => new Holiday(Monday.AddDays(day), "A holiday"))] };
                    Say("holidays");
                    await _schedules.SaveCalendarAsync(_calendar, Samples.Note);
                    break;
                case 12:
                    Say("activity");
                    await _people.SetActiveAsync(person, _inactive.Remove(person) || !_inactive.Add(person), Samples.Note);
                    break;
                case 13:
                    Say("run");
                    await _queue.RunAsync(CancellationToken.None);
                    break;
                default:
                    // A host that is down for days, too.
                    clock.Now += random.Next(4) == 0 ? TimeSpan.FromHours(random.Next(24, 120)) : TimeSpan.FromMinutes(random.Next(1, 600));
                    Say("wait");
                    break;
            }
        }

        private async Task PunchAsync(Guid person)
        {
            var local = DateOnly.FromDateTime(clock.Now.UtcDateTime).AddDays(-random.Next(6)).ToDateTime(TimeOnly.MinValue).AddMinutes(random.Next(2 * 1440));
            var punch = Samples.Punch(person, local) with { Direction = (PunchDirection)random.Next(3) };
            Say($"punch {local:s}");
            await _log.AppendAsync(punch);
            _punches.Add(punch);
        }

        private async Task CorrectAsync(Punch punch)
        {
            DateTime? local = random.Next(4) == 0 ? null : punch.LocalTime.AddMinutes(random.Next(-2000, 2000));
            Say($"correct {punch.LocalTime:s} {local:s}");
            await _log.CorrectAsync(Samples.Correction(punch.Id, local) with { At = clock.Now.AddSeconds(random.Next(100)), Direction = random.Next(3) == 0 ? PunchDirection.Out : null });
        }

        private async Task SaveScheduleAsync()
        {
            var old = _saved.Count > 0 && random.Next(2) == 0 ? Pick(_saved) : null;
            var schedule = new Schedule
            {
                Id = old?.Id ?? Guid.NewGuid(),
                Name = old?.Name ?? $"Schedule {_saved.Count}",
                TimeZone = random.Next(4) == 0 ? "Asia/Tokyo" : "Europe/Berlin",
                Start = TimeOnly.MinValue.AddHours(random.Next(24)),
                End = TimeOnly.MinValue.AddHours(random.Next(24)),
                Weekdays = random.Next(2) == 0 ? Weekdays.All : Weekdays.MondayToFriday,
                WindowBefore = TimeSpan.FromHours(random.Next(13)),
                WindowAfter = TimeSpan.FromHours(random.Next(13)),
                Direction = (DirectionRule)random.Next(3),
                Hours = (HoursRule)random.Next(2),
                HalfDayBelow = random.Next(2) == 0 ? null : TimeSpan.FromHours(4),
                HolidayCalendarId = random.Next(2) == 0 ? null : _calendar.Id,
            };
            Say($"{(old is null ? "new" : "changed")} {schedule.Start}-{schedule.End} {schedule.TimeZone} {schedule.WindowBefore} {schedule.WindowAfter}");
            await _schedules.SaveScheduleAsync(schedule, Samples.Note);
            _saved.RemoveAll(one => one.Id == schedule.Id);
            _saved.Add(schedule);
        }

        private async Task AssignAsync(Guid person)
        {
            var known = _assignments.Find(one => one.PersonId == person);
            if (known is not null && random.Next(3) == 0)
            {
                Say("unassign");
                _assignments.Remove(known);
                await _schedules.DeleteAssignmentAsync(known.Id, Samples.Note);
                return;
            }

            var from = Day();
            var assignment = new ScheduleAssignment(known?.Id ?? Guid.NewGuid(), person, Pick(_saved).Id, from, random.Next(2) == 0 ? null : from.AddDays(random.Next(10)));
            Say($"assign {assignment.From:O} {assignment.To:O}");
            await _schedules.SaveAssignmentAsync(assignment, Samples.Note);
            _assignments.RemoveAll(one => one.Id == assignment.Id);
            _assignments.Add(assignment);
        }

        private async Task LeaveAsync(Guid person)
        {
            if (_leaves.Count > 0 && random.Next(3) == 0)
            {
                var old = Pick(_leaves);
                Say("leave deleted");
                _leaves.Remove(old);
                await _schedules.DeleteLeaveAsync(old.Id, Samples.Note);
                return;
            }

            var from = Day();
            var leave = new Leave { PersonId = person, From = from, To = from.AddDays(random.Next(8)), Part = (LeavePart)random.Next(3) };
            Say($"leave {leave.From:O} {leave.To:O}");
            await _schedules.SaveLeaveAsync(leave, Samples.Note);
            _leaves.Add(leave);
        }

        private DateOnly Day() => DateOnly.FromDateTime(clock.Now.UtcDateTime).AddDays(random.Next(-8, 6));

        private T Pick<T>(List<T> items) => items[random.Next(items.Count)];

        private void Say(string step) => _steps.Add($"{clock.Now:MM-dd HH:mm} {step}");
    }
}

using Frat.Conformance;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Frat.Storage.EfCore.Sqlite.Tests;

/// <summary>
/// Some people of one database to whom anything happens, at random: punches, corrections, schedules, holidays, leaves, deletion by age, and
/// a host that is up now and then.
/// </summary>
internal sealed class DayHistory : IDisposable
{
    // The end of the month, after which attendance can be deleted by age, and the night in which Berlin puts its clock forward are days
    // ahead.
    private static readonly DateOnly Start = new(2026, 3, 19);
    private readonly int _seed;
    private readonly Random _random;
    private readonly TestClock _clock = new(new DateTimeOffset(Start.At(6), TimeSpan.Zero));
    private readonly IHost _host;
    private readonly List<Person> _people = [];
    private readonly List<Schedule> _saved = [];
    private readonly List<Punch> _punches = [];
    private readonly List<ScheduleAssignment> _assignments = [];
    private readonly List<Leave> _leaves = [];
    private readonly HashSet<Guid> _inactive = [];
    private readonly List<string> _steps = [];
    private HolidayCalendar _calendar = new() { Name = "Holidays", Holidays = [] };

    private DayHistory(SqliteTestFile file, int seed)
    {
        (_seed, _random) = (seed, new Random(seed));
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<TimeProvider>(_clock).AddAttendanceRules();
        new FratBuilder(builder.Services).UseSqlite(file.ConnectionString);

        // The history says when a host runs.
        builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(DayKeeper)));
        _host = builder.Build();
    }

    public IAttendanceLog Log => Get<IAttendanceLog>();

    private IPersonStore People => Get<IPersonStore>();

    private IScheduleStore Schedules => Get<IScheduleStore>();

    public static async Task<DayHistory> BeginAsync(SqliteTestFile file, int seed, int people)
    {
        var history = new DayHistory(file, seed);
        await history._host.StartAsync();
        await history.Schedules.SaveCalendarAsync(history._calendar, Samples.Note);
        await history.SaveScheduleAsync();
        for (var i = 0; i < people; i++)
        {
            history._people.Add(
                (await history.People.EnrollAsync(Samples.Enrollment($"E-{i}") with { Templates = [], Consent = null })).Person);
        }

        return history;
    }

    public void Dispose() => _host.Dispose();

    public override string ToString() => $"seed {_seed}: {string.Join("; ", _steps)}";

    public async Task GoOnAsync(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            await StepAsync(Pick(_people).Id);
        }
    }

    /// <summary>
    /// Ends with a host that is up. What was judged a bit too early, by a clock that was put back since, stands for up to an hour: hosts'
    /// clocks may differ.
    /// </summary>
    public async Task EndAsync()
    {
        await RunHostAsync();
        _clock.Now += TimeSpan.FromHours(1);
        await RunHostAsync();
    }

    public async Task<int> CountDaysAsync()
    {
        await using var context = await Get<IDbContextFactory<FratDbContext>>().CreateDbContextAsync();
        return await context.AttendanceDays.CountAsync();
    }

    /// <summary>What is stored and not what the rules make of everything that there is, on every date that matters.</summary>
    public async Task<List<string>> FindDifferencesAsync()
    {
        await using var context = await Get<IDbContextFactory<FratDbContext>>().CreateDbContextAsync();
        var punches = (await context.Punches.Include(row => row.Corrections).ToListAsync()).ToLookup(
            row => row.PersonId, row => row.ToFacts());
        var assignments = (await context.ScheduleAssignments.ToListAsync()).ToLookup(row => row.PersonId, row => row.ToAssignment());
        var leaves = (await context.Leaves.ToListAsync()).ToLookup(row => row.PersonId, row => row.ToLeave());
        var inactive = (await context.InactivePeriods.ToListAsync()).ToLookup(row => row.PersonId, row => row.ToPeriod());
        var stored = (await context.AttendanceDays.ToListAsync()).ToLookup(row => row.PersonId);
        var schedules = await Schedules.ListSchedulesAsync();
        var calendars = await Schedules.ListCalendarsAsync();
        var defaults = await Schedules.ListDefaultSchedulesAsync();
        var differences = new List<string>();
        foreach (var row in await context.People.ToListAsync())
        {
            var facts = new AttendanceFacts
            {
                Person = row.ToPerson(),
                FirstDate = Start.AddDays(-30),
                LastDate = DateOnly.FromDateTime(_clock.Now.UtcDateTime).AddDays(30),
                AsOf = _clock.Now,
                Punches = [.. punches[row.Id]],
                Assignments = [.. assignments[row.Id]],
                Leaves = [.. leaves[row.Id]],
                InactivePeriods = [.. inactive[row.Id]],
                Schedules = schedules,
                Calendars = calendars,
                Defaults = defaults,
            };
            var derived = Get<IAttendanceRules>().Derive(facts)
                .Where(day => day.Day is not null
                    && (row.AttendanceKeptFrom is not { } from || day.Date >= from || day.Day.PunchId is not null))
                .ToDictionary(day => day.Date, day => $"{day.Day}, closes {day.ClosesAt:O}");
            var kept = stored[row.Id].ToDictionary(day => day.Date, day => $"{day.ToDay(row.ToPerson())}, closes {day.ClosesAt:O}");
            differences.AddRange(derived.Keys.Union(kept.Keys).Order()
                .Where(date => derived.GetValueOrDefault(date) != kept.GetValueOrDefault(date))
                .Select(date =>
                    $"{row.EmployeeId}, {date:O}: derived {derived.GetValueOrDefault(date)}, stored {kept.GetValueOrDefault(date)}"));
        }

        return differences;
    }

    private Task RunHostAsync() => Get<DerivationQueue>().RunAsync(CancellationToken.None);

    private T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    private async Task StepAsync(Guid person)
    {
        switch (_random.Next(60))
        {
            case < 20:
                await PunchAsync(person);
                break;
            case < 26 when _punches.Count > 0:
                await CorrectAsync(Pick(_punches));
                break;
            case < 34:
                await AssignAsync(person);
                break;
            case < 39:
                await LeaveAsync(person);
                break;
            case 39:
                var holidays = Enumerable.Range(-5, 25).Where(_ => _random.Next(5) == 0)
                    .Select(day => new Holiday { Date = Start.AddDays(day), Name = "A holiday" });
                _calendar = _calendar with { Holidays = [.. holidays] };
                Say("holidays");
                await Schedules.SaveCalendarAsync(_calendar, Samples.Note);
                break;
            case < 43:
                Say("activity");
                await People.SetActiveAsync(person, _inactive.Remove(person) || !_inactive.Add(person), Samples.Note);
                break;
            case < 45:
                Say("a host runs");
                await RunHostAsync();
                break;
            case 45:
                await SaveScheduleAsync();
                break;
            case 46:
                var (schedule, from) = (_random.Next(4) == 0 ? null : Pick(_saved), Day());
                Say($"default {schedule?.Name} from {from:O}");
                await Schedules.SetDefaultScheduleAsync(schedule?.Id, from, Samples.Note);
                break;
            case 47 when _random.Next(2) == 0:
                Say("deleted by age");
                await Get<IRetention>().ApplyAsync(new RetentionPolicy { TemplateDays = null, AttendanceDays = 1, Confirmed = true });
                break;
            case 48 when _random.Next(2) == 0:
                _clock.Now -= TimeSpan.FromMinutes(_random.Next(2) == 0 ? _random.Next(1, 60) : _random.Next(60, 4000));
                Say("the clock is put back");
                break;
            default:
                // No host runs for days, too.
                _clock.Now += _random.Next(4) == 0 ? TimeSpan.FromHours(_random.Next(24, 120)) : TimeSpan.FromMinutes(_random.Next(1, 600));
                Say("time goes by");
                break;
        }
    }

    private async Task PunchAsync(Guid person)
    {
        var local = DateOnly.FromDateTime(_clock.Now.UtcDateTime).AddDays(-_random.Next(6)).At(0).AddMinutes(_random.Next(2 * 1440));
        var punch = Samples.Punch(person, local) with { Method = PunchMethod.Pin, Direction = (PunchDirection)_random.Next(3) };
        punch = _random.Next(8) == 0 ? punch with { TimeZone = "Asia/Tokyo", LocalTime = local.AddHours(8) } : punch;
        Say($"{Name(person)} punches {punch.Direction} {local:s} {punch.TimeZone}");
        (await Log.AppendAsync(punch)).ShouldNotBeNull();
        _punches.Add(punch);
    }

    private async Task CorrectAsync(Punch punch)
    {
        DateTime? local = _random.Next(4) == 0 ? null : punch.LocalTime.AddMinutes(_random.Next(-2000, 2000));
        Say($"{Name(punch.PersonId)}: {punch.LocalTime:s} corrected to {local:s}");
        var correction = Samples.Correction(punch.Id, local) with
        {
            At = _clock.Now.AddSeconds(_random.Next(100)), Direction = _random.Next(3) == 0 ? PunchDirection.Out : null,
        };
        await Log.CorrectAsync(correction); // False where the punch was deleted by age.
    }

    private async Task SaveScheduleAsync()
    {
        var old = _saved.Count > 0 && _random.Next(2) == 0 ? Pick(_saved) : null;
        var schedule = new Schedule
        {
            Id = old?.Id ?? Guid.NewGuid(),
            Name = old?.Name ?? $"Schedule {_saved.Count}",
            TimeZone = _random.Next(4) == 0 ? "Asia/Tokyo" : "Europe/Berlin",
            Start = TimeOnly.MinValue.AddHours(_random.Next(24)),
            End = TimeOnly.MinValue.AddHours(_random.Next(24)),
            Weekdays = _random.Next(2) == 0 ? Weekdays.All : Weekdays.MondayToFriday,
            WindowBefore = TimeSpan.FromHours(_random.Next(13)),
            WindowAfter = TimeSpan.FromHours(_random.Next(13)),
            Direction = (DirectionRule)_random.Next(3),
            Hours = (HoursRule)_random.Next(2),
            HalfDayBelow = _random.Next(2) == 0 ? null : TimeSpan.FromHours(4),
            HolidayCalendarId = _random.Next(2) == 0 ? null : _calendar.Id,
        };
        Say($"{schedule}");
        await Schedules.SaveScheduleAsync(schedule, Samples.Note);
        _saved.RemoveAll(one => one.Id == schedule.Id);
        _saved.Add(schedule);
    }

    private async Task AssignAsync(Guid person)
    {
        var known = _assignments.FindAll(one => one.PersonId == person);
        if (known.Count > 0 && _random.Next(3) == 0)
        {
            var ended = Pick(known);
            Say($"{Name(person)} unassigned {ended.From:O}");
            _assignments.Remove(ended);
            await Schedules.DeleteAssignmentAsync(ended.Id, Samples.Note);
            return;
        }

        var from = Day();
        var id = known.Count > 0 && _random.Next(2) == 0 ? Pick(known).Id : Guid.NewGuid();
        var assignment = new ScheduleAssignment
        {
            Id = id, PersonId = person, ScheduleId = Pick(_saved).Id, From = from,
            To = _random.Next(2) == 0 ? null : from.AddDays(_random.Next(10)),
        };
        Say($"{Name(person)} assigned {_saved.Find(one => one.Id == assignment.ScheduleId)!.Name} {assignment.From:O} {assignment.To:O}");
        try
        {
            await Schedules.SaveAssignmentAsync(assignment, Samples.Note);
        }
        catch (ScheduleConflictException)
        {
            Say("which is refused: it overlaps");
            return;
        }

        _assignments.RemoveAll(one => one.Id == assignment.Id);
        _assignments.Add(assignment);
    }

    private async Task LeaveAsync(Guid person)
    {
        if (_leaves.Count > 0 && _random.Next(3) == 0)
        {
            var old = Pick(_leaves);
            Say($"{Name(old.PersonId)}: leave from {old.From:O} deleted");
            _leaves.Remove(old);
            await Schedules.DeleteLeaveAsync(old.Id, Samples.Note);
            return;
        }

        var from = Day();
        var leave = new Leave { PersonId = person, From = from, To = from.AddDays(_random.Next(8)), Part = (LeavePart)_random.Next(3) };
        Say($"{Name(person)}: leave {leave.From:O} {leave.To:O} {leave.Part}");
        await Schedules.SaveLeaveAsync(leave, Samples.Note);
        _leaves.Add(leave);
    }

    private string Name(Guid person) => _people.Find(one => one.Id == person)!.EmployeeId;

    private DateOnly Day() => DateOnly.FromDateTime(_clock.Now.UtcDateTime).AddDays(_random.Next(-8, 6));

    private T Pick<T>(List<T> items) => items[_random.Next(items.Count)];

    private void Say(string step) => _steps.Add($"{_clock.Now:MM-dd HH:mm} {step}");
}

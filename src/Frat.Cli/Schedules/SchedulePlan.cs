using System.Text.Json;
using System.Text.Json.Nodes;

namespace Frat.Cli.Schedules;

/// <summary>What a file would change in a database: found out, and checked, before anything is.</summary>
internal sealed class SchedulePlan
{
    private readonly List<(string Text, Func<IScheduleStore, AuditNote, CancellationToken, Task> Make)> _changes = [];
    private readonly List<string> _problems = [];
    private readonly Dictionary<string, HolidayCalendar> _calendars = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Schedule> _schedules = new(StringComparer.Ordinal);

    private SchedulePlan()
    {
    }

    /// <summary>Each change, in words.</summary>
    public IEnumerable<string> Changes => _changes.Select(change => change.Text);

    /// <summary>Why the file can't be used; nothing is changed then.</summary>
    public IReadOnlyList<string> Problems => _problems;

    public static async Task<SchedulePlan> MakeAsync(
        ScheduleFile file, IScheduleStore store, IPersonStore people, IAttendanceRules rules, CancellationToken cancellationToken)
    {
        var plan = new SchedulePlan();
        foreach (var calendar in await store.ListCalendarsAsync(cancellationToken).ConfigureAwait(false))
        {
            plan._calendars[calendar.Name] = calendar;
        }

        foreach (var schedule in await store.ListSchedulesAsync(cancellationToken).ConfigureAwait(false))
        {
            plan._schedules[schedule.Name] = schedule;
        }

        foreach (var entry in file.Calendars ?? [])
        {
            plan.Add(entry);
        }

        foreach (var entry in file.Schedules ?? [])
        {
            plan.Add(entry, rules);
        }

        if (file.Defaults is { } defaults)
        {
            plan.Add(defaults, await store.ListDefaultSchedulesAsync(cancellationToken).ConfigureAwait(false));
        }

        foreach (var entry in file.Assignments ?? [])
        {
            await plan.AddAsync(entry, store, people, cancellationToken).ConfigureAwait(false);
        }

        return plan;
    }

    /// <summary>Makes the changes, one after the other; each is told when it is made.</summary>
    public async Task ApplyAsync(IScheduleStore store, AuditNote note, Action<string> tell, CancellationToken cancellationToken)
    {
        foreach (var (text, make) in _changes)
        {
            await make(store, note, cancellationToken).ConfigureAwait(false);
            tell(text);
        }
    }

    private static string Words(string? name) => name is null ? "none" : $"\"{name}\"";

    private void Add(CalendarEntry entry)
    {
        var held = _calendars.GetValueOrDefault(entry.Name ?? "");
        var calendar = new HolidayCalendar { Name = entry.Name!, Holidays = [.. entry.Holidays ?? []] };
        calendar = held is null ? calendar : calendar with { Id = held.Id };
        if (Try($"calendar \"{entry.Name}\"", () => HolidayCalendar.ThrowIfInvalid(calendar)))
        {
            _calendars[calendar.Name] = calendar;
            if (held is null || !held.Holidays.ToHashSet().SetEquals(calendar.Holidays))
            {
                _changes.Add((
                    $"calendar \"{calendar.Name}\": {(held is null ? "new" : "changed")}",
                    (store, note, cancel) => store.SaveCalendarAsync(calendar, note, cancel)));
            }
        }
    }

    private void Add(JsonObject entry, IAttendanceRules rules)
    {
        var name = ScheduleFile.NameOf(entry);
        var held = _schedules.GetValueOrDefault(name);
        Schedule? schedule = null;
        var isValid = Try($"schedule \"{name}\"", () =>
        {
            schedule = ScheduleFile.Read(
                entry, held?.Id ?? Guid.CreateVersion7(), _calendars.ToDictionary(pair => pair.Key, pair => pair.Value.Id));
            rules.Check(schedule);
            Schedule.ThrowIfInvalid(schedule);
        });
        if (isValid)
        {
            _schedules[name] = schedule!;
            if (held is null || held with { Pattern = schedule!.Pattern } != schedule || !held.Pattern.SequenceEqual(schedule.Pattern))
            {
                _changes.Add((
                    $"schedule \"{name}\": {(held is null ? "new" : "changed, for past days, too")}",
                    (store, note, cancel) => store.SaveScheduleAsync(schedule!, note, cancel)));
            }
        }
    }

    private void Add(IReadOnlyList<DefaultEntry> entries, IReadOnlyList<DefaultSchedule> held)
    {
        var wanted = new List<DefaultSchedule>();
        foreach (var entry in entries.OrderBy(entry => entry.From))
        {
            if (entry.Schedule is not null && !_schedules.ContainsKey(entry.Schedule))
            {
                _problems.Add($"default from {entry.From:O}: There is no schedule \"{entry.Schedule}\".");
                return;
            }

            wanted.Add(new() { From = entry.From, ScheduleId = entry.Schedule is { } name ? _schedules[name].Id : null });
        }

        // What says the same again changes nothing.
        var (before, after) = (Normal(held), Normal(wanted));
        var same = before.Zip(after).TakeWhile(pair => pair.First == pair.Second).Count();
        foreach (var next in after.Skip(same))
        {
            AddDefault(next);
        }

        if (same == after.Count && same < before.Count)
        {
            AddDefault(new() { From = before[same].From, ScheduleId = same == 0 ? null : before[same - 1].ScheduleId });
        }

        static List<DefaultSchedule> Normal(IEnumerable<DefaultSchedule> entries)
        {
            var normal = new List<DefaultSchedule>();
            foreach (var entry in entries.Where(entry => entry.ScheduleId != normal.LastOrDefault()?.ScheduleId))
            {
                normal.Add(entry);
            }

            return normal;
        }
    }

    private void AddDefault(DefaultSchedule next)
    {
        var name = _schedules.Values.FirstOrDefault(schedule => schedule.Id == next.ScheduleId)?.Name;
        _changes.Add((
            $"default from {next.From:O}: {Words(name)}",
            (store, note, cancel) => store.SetDefaultScheduleAsync(next.ScheduleId, next.From, note, cancel)));
    }

    private async Task AddAsync(AssignmentEntry entry, IScheduleStore store, IPersonStore people, CancellationToken cancellationToken)
    {
        var what = $"assignment of {entry.EmployeeId} from {entry.From:O}";
        var id = Person.Normalize(entry.EmployeeId);
        var person = Person.IsEmployeeId(id) ? await people.FindAsync(id, cancellationToken).ConfigureAwait(false) : null;
        var schedule = _schedules.GetValueOrDefault(entry.Schedule ?? "");
        var calendar = entry.Holidays is { } name ? _calendars.GetValueOrDefault(name) : null;
        var problem = person is null ? "Nobody has this employee ID."
            : schedule is null ? $"There is no schedule \"{entry.Schedule}\"."
            : entry.Holidays is not null && calendar is null ? $"There is no calendar \"{entry.Holidays}\"."
            : entry.To < entry.From ? "The last date is before the first."
            : null;
        if (problem is not null)
        {
            _problems.Add($"{what}: {problem}");
            return;
        }

        var assignment = new ScheduleAssignment
        {
            Id = Guid.Empty,
            PersonId = person!.Id,
            ScheduleId = schedule!.Id,
            From = entry.From,
            To = entry.To,
            HolidayCalendarId = calendar?.Id,
        };
        if (!await store.ReadAssignmentsAsync(person.Id, cancellationToken)
            .AnyAsync(held => held with { Id = Guid.Empty } == assignment, cancellationToken).ConfigureAwait(false))
        {
            _changes.Add((
                $"{what}: \"{schedule.Name}\"", (target, note, cancel) => target.AssignAsync([person.Id], assignment, note, cancel)));
        }
    }

    private bool Try(string what, Action check)
    {
        try
        {
            check();
            return true;
        }
        catch (Exception wrong) when (wrong is ArgumentException or JsonException)
        {
            _problems.Add($"{what}: {wrong.Message.Split(" (Parameter '")[0].Split(" Path: ")[0]}");
            return false;
        }
    }
}

using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Frat.Cli.Database;
using Frat.Cli.Keys;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Cli.Schedules;

/// <summary><c>frat schedule</c>: the set-up of working time as a file.</summary>
internal static class ScheduleCommand
{
    private const string Description = """
        Write the set-up of working time into a file, and bring a database to what a file says: calendars with their holidays, schedules,
        which of them is the default, and who works by which.
        """;

    private const string ExportDescription = """
        Write calendars, schedules, defaults and assignments as JSON. Names stand for ids: the file can be kept in version control, and
        brought to another database.
        """;

    private const string ApplyDescription = """
        Bring a database to what a file says. What is the same already isn't changed, so that a file can be applied again; what the file
        doesn't name is left as it is. The file is checked first: if anything of it can't be, nothing is changed. A running host derives the
        days that a change touches; without one, they are derived when it starts.
        """;

    /// <summary>Builds the command.</summary>
    public static Command Create(Terminal terminal) => new("schedule", Description) { Export(terminal), Apply(terminal) };

    private static Command Export(Terminal terminal)
    {
        var database = DatabaseOption.Create("--database");
        var output = new Option<FileInfo?>("--output")
        {
            Description = "The file; one that is there is replaced when the new one is whole. Default: standard output.", HelpName = "FILE",
        };
        var keys = KeysOption.Create();
        var command = new Command("export", ExportDescription) { database, keys, output };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var address = parsed.GetRequiredValue(database);
            if (!address.Exists(terminal))
            {
                return ExitCode.Failed;
            }

            var engine = Engine.Create(address, terminal, readOnly: true, keys: parsed.GetValue(keys));
            await using (engine.ConfigureAwait(false))
            {
                var file = await ReadAsync(
                    engine.GetRequiredService<IScheduleStore>(), engine.GetRequiredService<IPersonStore>(), cancellationToken)
                    .ConfigureAwait(false);
                if (parsed.GetValue(output) is { } target)
                {
                    return await OutputFile.WriteAsync(terminal, target, stream => file.WriteAsync(stream, cancellationToken))
                        .ConfigureAwait(false) ? ExitCode.Ok : ExitCode.Failed;
                }

                await file.WriteAsync(terminal.Output, cancellationToken).ConfigureAwait(false);
                await terminal.Output.WriteAsync("\n"u8.ToArray(), cancellationToken).ConfigureAwait(false);
                await terminal.Output.FlushAsync(cancellationToken).ConfigureAwait(false);
                return ExitCode.Ok;
            }
        });
        return command;
    }

    private static Command Apply(Terminal terminal)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The file." };
        var database = DatabaseOption.Create("--database");
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be changed, and change nothing." };
        var by = TypedOptions.Text(
            "--by", "NAME", "Who does this, for the audit trail. Default: the user of this machine.", Actor.MaxIdLength);
        var reason = TypedOptions.Text("--reason", "TEXT", "Why, for the audit trail.", AuditNote.MaxReasonLength);
        var keys = KeysOption.Create();
        var command = new Command("apply", ApplyDescription) { file, database, keys, dryRun, by, reason };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var address = parsed.GetRequiredValue(database);
            if (!address.Exists(terminal)
                || await OpenAsync(parsed.GetRequiredValue(file), terminal, cancellationToken).ConfigureAwait(false) is not { } read)
            {
                return ExitCode.Failed;
            }

            var isDry = parsed.GetValue(dryRun);
            var engine = Engine.Create(address, terminal, readOnly: isDry, keys: parsed.GetValue(keys));
            await using (engine.ConfigureAwait(false))
            {
                var store = engine.GetRequiredService<IScheduleStore>();
                var plan = await SchedulePlan.MakeAsync(
                    read,
                    store,
                    engine.GetRequiredService<IPersonStore>(),
                    engine.GetRequiredService<IAttendanceRules>(),
                    cancellationToken).ConfigureAwait(false);
                var note = new AuditNote
                {
                    By = parsed.GetValue(by) is { } said ? Actor.Claimed(said) : Actor.User(Environment.UserName),
                    Reason = parsed.GetValue(reason),
                };
                return await RunAsync(terminal, plan, isDry ? null : store, note, cancellationToken).ConfigureAwait(false);
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(
        Terminal terminal, SchedulePlan plan, IScheduleStore? store, AuditNote note, CancellationToken cancellationToken)
    {
        if (plan.Problems.Count > 0)
        {
            foreach (var problem in plan.Problems)
            {
                terminal.WriteError(problem);
            }

            terminal.WriteError("Nothing was changed.");
            return ExitCode.Failed;
        }

        var writer = new StreamWriter(terminal.Output, leaveOpen: true);
        await using (writer.ConfigureAwait(false))
        {
            var count = plan.Changes.Count();
            if (store is null)
            {
                foreach (var change in plan.Changes)
                {
                    await writer.WriteLineAsync(change).ConfigureAwait(false);
                }
            }
            else
            {
                try
                {
                    await plan.ApplyAsync(store, note, writer.WriteLine, cancellationToken).ConfigureAwait(false);
                }
                catch (Exception wrong) when (wrong is ArgumentException or ScheduleConflictException)
                {
                    // Somebody else changed something since it was checked.
                    terminal.WriteError($"{wrong.Message} What is listed was changed: apply the file again.");
                    return ExitCode.Failed;
                }
            }

            var made = string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "change" : "changes")} made.");
            await writer.WriteLineAsync(
                count == 0 ? "There is nothing to change." : store is null ? "A dry run: nothing was changed." : made)
                .ConfigureAwait(false);
        }

        return ExitCode.Ok;
    }

    private static async Task<ScheduleFile?> OpenAsync(FileInfo file, Terminal terminal, CancellationToken cancellationToken)
    {
        try
        {
            var stream = file.OpenRead();
            await using (stream.ConfigureAwait(false))
            {
                return await ScheduleFile.ReadAsync(stream, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or JsonException)
        {
            terminal.WriteError($"{file}: {wrong.Message}");
            return null;
        }
    }

    private static async Task<ScheduleFile> ReadAsync(IScheduleStore store, IPersonStore people, CancellationToken cancellationToken)
    {
        var calendars = await store.ListCalendarsAsync(cancellationToken).ConfigureAwait(false);
        var schedules = await store.ListSchedulesAsync(cancellationToken).ConfigureAwait(false);
        var defaults = await store.ListDefaultSchedulesAsync(cancellationToken).ConfigureAwait(false);
        var assignments = new List<AssignmentEntry>();
        await foreach (var assignment in store.ReadAssignmentsAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (await people.FindAsync(assignment.PersonId, cancellationToken).ConfigureAwait(false) is { } person)
            {
                assignments.Add(new(
                    person.EmployeeId,
                    NameOf(assignment.ScheduleId)!,
                    assignment.From,
                    assignment.To,
                    CalendarOf(assignment.HolidayCalendarId)));
            }
        }

        return new ScheduleFile
        {
            Calendars = [.. calendars.Select(calendar => new CalendarEntry(calendar.Name, calendar.Holidays))],
            Schedules = [.. schedules.Select(schedule => ScheduleFile.Entry(schedule, CalendarOf(schedule.HolidayCalendarId)))],
            Defaults = [.. defaults.Select(held => new DefaultEntry(held.From, NameOf(held.ScheduleId)))],
            Assignments = [.. assignments.OrderBy(entry => entry.EmployeeId, StringComparer.Ordinal).ThenBy(entry => entry.From)],
        };

        string? NameOf(Guid? id) => schedules.FirstOrDefault(schedule => schedule.Id == id)?.Name;
        string? CalendarOf(Guid? id) => calendars.FirstOrDefault(calendar => calendar.Id == id)?.Name;
    }
}

using System.CommandLine;
using System.Globalization;
using Frat.Cli.Database;
using Frat.Cli.Keys;
using Frat.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Cli.Retention;

/// <summary><c>frat retention</c>: deletes what is too old, as a host does each day.</summary>
internal static class RetentionCommand
{
    private const string Description = """
        Delete what is too old: templates of people who have not been recognised for long, templates without a consent in force, and, where
        --attendance-days is given, attendance.

        A host does the same each day with its own settings (Frat:Retention). Each deletion is in the audit trail. Where the machine's
        clock can't be trusted, or much would go at once, nothing is deleted unless you say --yes: look with --dry-run first.
        """;

    /// <summary>Builds the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var database = DatabaseOption.Create("--database");
        var templates = DaysOption(
            "--template-days",
            $"Delete templates this many days after the person was last recognised. Default: {RetentionPolicy.DefaultTemplateDays}; 0 "
                + "keeps them whatever their age.",
            least: 0);
        templates.DefaultValueFactory = _ => RetentionPolicy.DefaultTemplateDays;
        var attendance = DaysOption(
            "--attendance-days",
            "Delete months of attendance that ended more than this many days ago. Default: attendance is kept.",
            least: 1);
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be deleted, and delete nothing." };
        var yes = new Option<bool>(
            "--yes") { Description = "Delete also where the clock can't be trusted or much goes at once: you have looked." };
        var keys = KeysOption.Create();
        var command = new Command("retention", Description) { database, keys, templates, attendance, dryRun, yes };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var address = parsed.GetRequiredValue(database);
            if (address.Kind == DatabaseKind.Sqlite && !File.Exists(address.Name))
            {
                terminal.WriteError($"{address.Name}: There is no such database.");
                return ExitCode.Failed;
            }

            var policy = new RetentionPolicy
            {
                TemplateDays = parsed.GetValue(templates) is > 0 and var days ? days : null,
                AttendanceDays = parsed.GetValue(attendance),
                Confirmed = parsed.GetValue(yes),
            };
            var isDry = parsed.GetValue(dryRun);
            var engine = Engine.Create(address, terminal, readOnly: isDry, keys: parsed.GetValue(keys));
            await using (engine.ConfigureAwait(false))
            {
                var report = await engine.GetRequiredService<IRetention>()
                    .ApplyAsync(policy, isDry, cancellationToken).ConfigureAwait(false);
                await WriteAsync(terminal, report).ConfigureAwait(false);
                if (report.Refusal is not { } refusal)
                {
                    return ExitCode.Ok;
                }

                terminal.WriteError(refusal);
                return isDry ? ExitCode.Ok : ExitCode.Failed;
            }
        });
        return command;
    }

    private static async Task WriteAsync(Terminal terminal, RetentionReport report)
    {
        var writer = new StreamWriter(terminal.Output, leaveOpen: true);
        await using (writer.ConfigureAwait(false))
        {
            var since = report.TemplatesBefore is { } before
                ? string.Create(
                    CultureInfo.InvariantCulture, $"not recognised since {before.UtcDateTime:yyyy-MM-dd}, or without a consent in force")
                : "without a consent in force";
            await writer.WriteLineAsync(
                $"Templates:  {Count(report.Templates, "template")} of {People(report.TemplatePeople)}, {since}").ConfigureAwait(false);
            await writer.WriteLineAsync(report.AttendanceBefore is { } kept
                ? $"Attendance: {Count(report.Days, "day")}, {Count(report.Punches, "punch", "punches")}, "
                    + $"{Count(report.Corrections, "correction")} and "
                    + $"{Count(report.Leaves, "leave")} of {People(report.AttendancePeople)}, before {kept:O}"
                : "Attendance: kept").ConfigureAwait(false);
            await writer.WriteLineAsync(report.DryRun ? "A dry run: nothing was deleted." : report.Refusal is not null
                ? "Nothing was deleted."
                : report.IsEmpty ? "There was nothing to delete." : "Deleted.").ConfigureAwait(false);
        }
    }

    private static string People(int count) => Count(count, "person", "people");

    private static string Count(int count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many ?? one + "s")}");

    private static Option<int?> DaysOption(string name, string description, int least) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result =>
        {
            var text = result.Tokens.Single().Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var days)
                && days >= least
                && days <= RetentionPolicy.MaxDays)
            {
                return days;
            }

            result.AddError($"{name} takes a number of days from {least} to {RetentionPolicy.MaxDays}, not '{text}'.");
            return null;
        },
    };
}

using System.Globalization;
using Frat.Storage.EfCore;
using Spectre.Console;

namespace Frat.Cli.Keys;

/// <summary>Shows keys, what they protect, and what can't be read.</summary>
internal static class KeyTable
{
    public static void Write(Terminal terminal, TemplateKeyRing ring, TemplateReport report)
    {
        var table = new Table().Border(TableBorder.None)
            .AddColumn("[bold]Key[/]", column => column.NoWrap().Padding(0, 0, 2, 0))
            .AddColumn("[bold]Made[/]", column => column.NoWrap().Padding(0, 0, 2, 0))
            .AddColumn("[bold]Templates[/]", column => column.NoWrap().RightAligned().Padding(0, 0, 2, 0))
            .AddColumn("[bold]State[/]", column => column.NoWrap().Padding(0, 0, 0, 0));
        foreach (var key in ring.Keys)
        {
            var used = report.Keys.GetValueOrDefault(key.Id);
            var state = (key == ring.Current, used) switch { (true, _) =>
                "[green]newest: encrypts[/]", (_, 0) => "not used", _ => "decrypts" };
            var made = key.CreatedAt > DateTimeOffset.UnixEpoch
                ? key.CreatedAt.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                : "-";
            table.AddRow(key.Id, made, Number(used), state);
        }

        foreach (var (key, used) in report.Keys.Where(pair => ring.Find(pair.Key) is null))
        {
            table.AddRow(Terminal.Printable(key).EscapeMarkup(), "-", Number(used), "[red]missing: nobody can read them[/]");
        }

        if (report.InClear > 0)
        {
            table.AddRow("none", "-", Number(report.InClear), "[red]in the clear: nobody is recognised by them[/]");
        }

        terminal.Tables.Write(table);
        foreach (var template in report.Unreadable)
        {
            terminal.WriteError($"Template {template.TemplateId} of {template.EmployeeId} can't be read: {template.Problem}");
        }
    }

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}

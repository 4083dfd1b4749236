using System.CommandLine;
using System.Globalization;
using Frat.Cli.Database;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Frat.Cli.People;

/// <summary><c>frat people status</c>: of which encoders people have templates, so that a site knows when it can change.</summary>
internal static class PeopleStatusCommand
{
    private const string Description = """
        Tell of which encoders people have templates, by the encoders' ids. A host recognises only those who have templates of its own
        encoder: before it is changed, everybody should have some of the new one.
        """;

    /// <summary>Builds the command.</summary>
    public static Command Create(Terminal terminal)
    {
        var database = DatabaseOption.Create("--database");
        var command = new Command("status", Description) { database };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var engine = Engine.Create(parsed.GetRequiredValue(database), terminal, readOnly: true);
            await using (engine.ConfigureAwait(false))
            {
                var store = engine.GetRequiredService<IEncodingStore>();
                var counts = new SortedDictionary<string, (int People, int Templates)>(StringComparer.Ordinal);
                var (active, none) = (0, 0);
                await foreach (var person in engine.GetRequiredService<IPersonStore>().ReadAsync(cancellationToken).ConfigureAwait(false))
                {
                    if (!person.IsActive)
                    {
                        continue;
                    }

                    active++;
                    var templates = await store.ListAsync(person.Id, cancellationToken).ConfigureAwait(false);
                    none += templates.Count == 0 ? 1 : 0;
                    foreach (var group in templates.GroupBy(template => template.EncoderId))
                    {
                        var (people, all) = counts.GetValueOrDefault(group.Key);
                        counts[group.Key] = (people + 1, all + group.Count());
                    }
                }

                Write(terminal, active, none, counts);
                return ExitCode.Ok;
            }
        });
        return command;
    }

    private static void Write(Terminal terminal, int active, int none, SortedDictionary<string, (int People, int Templates)> counts)
    {
        var table = new Table().Border(TableBorder.None)
            .AddColumn("[bold]Encoder[/]", column => column.NoWrap().Padding(0, 0, 2, 0))
            .AddColumn("[bold]People[/]", column => column.NoWrap().RightAligned().Padding(0, 0, 2, 0))
            .AddColumn("[bold]Without[/]", column => column.NoWrap().RightAligned().Padding(0, 0, 2, 0))
            .AddColumn("[bold]Templates[/]", column => column.NoWrap().RightAligned().Padding(0, 0, 0, 0));
        foreach (var (encoder, (people, templates)) in counts)
        {
            table.AddRow(new Text(Terminal.Line(encoder)), Number(people), Number(active - people), Number(templates));
        }

        terminal.Tables.Write(table);
        terminal.Tables.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"{active} people are active, {none} of them without a template."));

        static Text Number(int number) => new(number.ToString(CultureInfo.InvariantCulture));
    }
}

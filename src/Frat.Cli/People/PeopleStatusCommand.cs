using System.CommandLine;
using System.Globalization;
using Frat.Cli.Database;
using Microsoft.Extensions.DependencyInjection;
using Spectre.Console;

namespace Frat.Cli.People;

/// <summary>
/// <c>frat people status</c>: of which encoders people have templates, so that a site knows when it can change, and who is to be
/// photographed again.
/// </summary>
internal static class PeopleStatusCommand
{
    private const string Description = """
        Tell of which encoders people have templates, by the encoders' ids, and made in which way. A host recognises only those who have
        templates of its own encoder: before it is changed, everybody should have some of the new one. With --encoder, also tell who has
        none of it, or only such as were made in an older way: whoever is named is recognised more surely by new photos.
        """;

    /// <summary>Builds the command.</summary>
    /// <param name="terminal">Where the answer goes.</param>
    /// <param name="encoders">The encoders by name.</param>
    public static Command Create(Terminal terminal, IReadOnlyDictionary<string, Func<FratBuilder, FratBuilder>> encoders)
    {
        var database = DatabaseOption.Create("--database");
        var names = string.Join(", ", encoders.Keys);
        var encoder = new Option<string?>("--encoder")
        {
            Description = $"The encoder that the host has, or will have: {names}.", HelpName = "NAME",
        };
        encoder.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !encoders.ContainsKey(token.Value))
            {
                result.AddError($"--encoder '{token.Value}' is not known; there is: {names}.");
            }
        });
        var command = new Command("status", Description) { database, encoder };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var name = parsed.GetValue(encoder);
            var engine = Engine.Create(
                parsed.GetRequiredValue(database), terminal, readOnly: true, encoder: name is null ? null : encoders[name]);
            await using (engine.ConfigureAwait(false))
            {
                var status = await ReadAsync(engine, cancellationToken).ConfigureAwait(false);
                Write(terminal, status);
                if (name is not null)
                {
                    WriteAgain(terminal, status, engine.GetRequiredService<IFaceEncoder>().Info);
                }

                return ExitCode.Ok;
            }
        });
        return command;
    }

    private static async Task<List<(Person Person, IReadOnlyList<TemplateInfo> Templates)>> ReadAsync(
        ServiceProvider engine, CancellationToken cancellationToken)
    {
        var store = engine.GetRequiredService<IEncodingStore>();
        var active = new List<(Person, IReadOnlyList<TemplateInfo>)>();
        await foreach (var person in engine.GetRequiredService<IPersonStore>().ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (person.IsActive)
            {
                active.Add((person, await store.ListAsync(person.Id, cancellationToken).ConfigureAwait(false)));
            }
        }

        return active;
    }

    private static void Write(Terminal terminal, List<(Person Person, IReadOnlyList<TemplateInfo> Templates)> active)
    {
        var table = new Table().Border(TableBorder.None)
            .AddColumn("[bold]Encoder[/]", column => column.NoWrap().Padding(0, 0, 2, 0))
            .AddColumn("[bold]People[/]", column => column.NoWrap().RightAligned().Padding(0, 0, 2, 0))
            .AddColumn("[bold]Without[/]", column => column.NoWrap().RightAligned().Padding(0, 0, 2, 0))
            .AddColumn("[bold]Templates[/]", column => column.NoWrap().RightAligned().Padding(0, 0, 0, 0));
        var kinds = active.SelectMany(one => one.Templates.Select(template => (one.Person.Id, Kind: KindOf(template))))
            .GroupBy(one => one.Kind, one => one.Id).OrderBy(kind => kind.Key, StringComparer.Ordinal);
        foreach (var kind in kinds)
        {
            var people = kind.Distinct().Count();
            table.AddRow(new Text(Terminal.Line(kind.Key)), Number(people), Number(active.Count - people), Number(kind.Count()));
        }

        terminal.Tables.Write(table);
        terminal.Tables.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{active.Count} people are active, {active.Count(one => one.Templates.Count == 0)} of them without a template."));

        static Text Number(int number) => new(number.ToString(CultureInfo.InvariantCulture));
    }

    private static void WriteAgain(
        Terminal terminal, List<(Person Person, IReadOnlyList<TemplateInfo> Templates)> active, FaceEncoderInfo encoder)
    {
        var table = new Table().Border(TableBorder.None)
            .AddColumn("[bold]ID[/]", column => column.NoWrap().Padding(0, 0, 2, 0))
            .AddColumn("[bold]Name[/]", column => column.NoWrap().Padding(0, 0, 2, 0))
            .AddColumn("[bold]Photograph again, since[/]", column => column.NoWrap().Padding(0, 0, 0, 0));
        var again = 0;
        foreach (var (person, templates) in active.OrderBy(one => one.Person.EmployeeId, StringComparer.Ordinal))
        {
            var standings = templates.Select(template => template.StandingFor(encoder)).ToList();
            if (standings.Contains(TemplateStanding.Current))
            {
                continue;
            }

            again++;
            var why = templates.Count == 0 ? "there is no template"
                : standings.Contains(TemplateStanding.OlderWay) ? "the way of encoding is an older one"
                : "the templates are of another encoder";
            table.AddRow(new Text(Terminal.Line(person.EmployeeId)), new Text(Terminal.Line(person.Name)), new Text(why));
        }

        if (again > 0)
        {
            terminal.Tables.Write(table);
        }

        var way = encoder.Way is { } known ? $" ({known})" : "";
        terminal.Tables.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{again} of {active.Count} people are to be photographed again for {encoder.Id}{way}."));
    }

    private static string KindOf(TemplateInfo template) =>
        template.Way is { } way ? $"{template.EncoderId} ({way})" : template.EncoderId;
}

using System.CommandLine;
using System.Globalization;
using System.Net;
using Spectre.Console;

namespace Frat.Compare.Attack;

/// <summary>Attacks the published host within 512 MiB, with a kiosk beside it.</summary>
internal static class AttackCommand
{
    private const long Limit = 512L * 1024 * 1024;

    public static Command Create()
    {
        var seconds = new Option<int>("--seconds") { Description = "How long each attack lasts.", DefaultValueFactory = _ => 20 };
        var only = new Option<string[]>("--only")
        {
            Description = "Only attacks whose names begin so.", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => []
        };
        var people = new Option<int>(
            "--people") { Description = "How many people are registered beside those who check in.", DefaultValueFactory = _ => 20_000 };
        var same = new Option<bool>(
            "--same-address") { Description = "The attacks come from the kiosk's own address, as through a proxy." };
        var addresses = new Option<int>(
            "--addresses") { Description = "How many other addresses the attacks come from, up to 200.", DefaultValueFactory = _ => 1 };
        var report = new Option<string?>(
            "--report") { Description = "A Markdown file whose table of attacks is replaced, for example docs/benchmarks.md." };
        var program = LimitedHost.ProgramOption();
        var attack = new Command("attack", "Attacks the published web host within 512 MiB, while a kiosk beside it checks people in.")
        {
            seconds, only, people, same, addresses, program, report
        };
        attack.SetAction(parsed => RunAsync(
            TimeSpan.FromSeconds(parsed.GetValue(seconds)),
            parsed.GetValue(only)!,
            parsed.GetValue(people),
            parsed.GetValue(same) ? [IPAddress.Loopback] : [.. Enumerable.Range(2, Math.Clamp(parsed.GetValue(addresses), 1, 200))
                .Select(last => new IPAddress([127, 0, 0, (byte)last]))],
            parsed.GetValue(program),
            parsed.GetValue(report)));

        var name = new Argument<string>("name");
        var port = new Argument<int>("port");
        var from = new Argument<string>("from");
        var pictures = new Argument<string>("pictures");
        var run = new Command("attack-run", "Runs one attack in this process, until its input ends.") { name, port, from, pictures };
        run.Hidden = true;
        run.SetAction(parsed => Attacker.RunAsync(
            parsed.GetRequiredValue(name), parsed.GetValue(port), parsed.GetRequiredValue(from), parsed.GetRequiredValue(pictures)));
        attack.Add(run);
        return attack;
    }

    private static async Task<int> RunAsync(
        TimeSpan time, string[] only, int people, IReadOnlyList<IPAddress> from, string? program, string? report)
    {
        var chosen = Attacks.All.Where(
            attack => only.Length == 0 || only.Any(name => attack.Name.StartsWith(name, StringComparison.Ordinal))).ToList();
        if (chosen.Count == 0)
        {
            Console.WriteLine($"The attacks are: {string.Join(", ", Attacks.All.Select(attack => attack.Name))}.");
            return 1;
        }

        if (MemoryLimit.TryCreate(Limit, out var reason) is not { } limit)
        {
            AnsiConsole.MarkupLineInterpolated(
                CultureInfo.InvariantCulture, $"Not run: a control group with a memory limit can't be made here ({reason}).");
            return 0;
        }

        using (limit)
        {
            using var scene = await AttackScene.PrepareAsync(limit, program, people);
            var results = new List<AttackResult> { await scene.MeasureAsync(null, time, from) };
            Console.WriteLine(string.Join(" | ", AttackReport.Cells(results[0])));
            if (!results[0].Passed || results[0].Kiosk.Refused > 0)
            {
                AnsiConsole.MarkupLine("[red]The kiosk doesn't work even when nobody attacks.[/]");
                return 1;
            }

            foreach (var attack in chosen)
            {
                results.Add(await scene.MeasureAsync(attack, time, from));
                Console.WriteLine(string.Join(" | ", AttackReport.Cells(results[^1])));
            }

            AttackReport.Print(results);
            if (report is not null)
            {
                AttackReport.Replace(report, results);
            }

            return results.All(result => result.Passed) ? 0 : 1;
        }
    }
}

using System.CommandLine;
using System.Globalization;
using Spectre.Console;

namespace Frat.Compare.Load;

/// <summary>
/// Has four kiosks and an office before the published host within 512 MiB, and holds what it answered against its database.
/// </summary>
internal static class LoadCommand
{
    private const long MiB = 1024 * 1024;
    private const long Limit = 512 * MiB;
    private const int ShortestAlone = 8;
    private const int MostErrors = 5;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(LoadPlan.VisitSeconds);

    public static Command Create()
    {
        var seconds = new Option<int>("--seconds") { Description = "How long all kiosks work.", DefaultValueFactory = _ => 600 };
        var people = new Option<int>(
            "--people") { Description = "How many people are registered beside those who come.", DefaultValueFactory = _ => 10_000 };
        var kiosks = new Option<int>("--kiosks") { Description = "How many kiosks there are.", DefaultValueFactory = _ => 4 };
        var every = new Option<double>(
            "--every") { Description = "Every how many seconds somebody is registered, by a photo of 12 megapixels.",
                DefaultValueFactory = _ => 5 };
        var report = new Option<string?>(
            "--report") { Description = "A Markdown file whose table of the load is replaced, for example docs/benchmarks.md." };
        var program = LimitedHost.ProgramOption();
        var load = new Command(
            "load", "Has kiosks and an office before the published web host within 512 MiB, by benchmarks/host-load (npm).")
        {
            seconds, people, kiosks, every, program, report
        };
        load.SetAction(parsed => RunAsync(
            parsed.GetValue(seconds),
            parsed.GetValue(people),
            Math.Clamp(parsed.GetValue(kiosks), 1, 9),
            parsed.GetValue(every),
            parsed.GetValue(program),
            parsed.GetValue(report)));
        return load;
    }

    private static async Task<int> RunAsync(int seconds, int people, int kiosks, double every, string? program, string? report)
    {
        if (MemoryLimit.TryCreate(Limit, out var reason) is not { } limit)
        {
            AnsiConsole.MarkupLineInterpolated(
                CultureInfo.InvariantCulture, $"Not run: a control group with a memory limit can't be made here ({reason}).");
            return 0;
        }

        using (limit)
        {
            await using var scene = await LoadScene.PrepareAsync(limit, program, people, kiosks);
            var idle = await scene.StartAsync(TimeSpan.FromSeconds(Math.Min(10, seconds / 2.0)));
            AnsiConsole.MarkupLine("One kiosk …");
            var (alone, _) = await scene.RunAsync(Math.Max(ShortestAlone, seconds / 5), kiosks: 1, every: null);
            await Task.Delay(Between); // Whoever stands there at the end of the first part has left at the beginning of the next.
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{kiosks} kiosks, and the office …");
            var (all, own) = await scene.RunAsync(seconds, kiosks, every);
            var peak = limit.Peak;
            await scene.EndAsync();

            List<string> wrong = [.. StoredProof.Check(scene.Database, [alone, all], kiosks)];
            if (all.Bookings.Count == 0 || all.Enrolments.Count == 0)
            {
                wrong.Add("Nobody was booked, or nobody was registered.");
            }

            var table = LoadTable.Of(new LoadFigures(people, kiosks, seconds, idle, own, peak, alone, all));
            Console.WriteLine($"\n{table}");
            foreach (var error in alone.Errors.Concat(all.Errors).Take(MostErrors))
            {
                Console.WriteLine($"Not answered as asked: {error}");
            }

            wrong.ForEach(sentence => AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]{sentence}[/]"));
            if (wrong.Count == 0)
            {
                Console.WriteLine("In the database, each punch and each newcomer that was answered is there once.");
            }

            if (report is not null)
            {
                Report.Replace(report, "load", table);
            }

            return wrong.Count == 0 ? 0 : 1;
        }
    }
}

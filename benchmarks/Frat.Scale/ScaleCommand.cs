using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Frat.TestKit;
using Spectre.Console;

namespace Frat.Scale;

/// <summary>Fills, measures in a process of its own, and prints the growth.</summary>
internal static class ScaleCommand
{
    public static async Task<int> RunAsync(int[] sizes, string[] databases, int? punchesEach, CancellationToken cancellationToken)
    {
        foreach (var database in databases)
        {
            if (database is not ("postgresql" or "sqlite"))
            {
                AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]{database}[/] is neither postgresql nor sqlite.");
                return 1;
            }

            var each = punchesEach ?? (database == "sqlite" ? 10 : 100);
            var results = new List<(int People, long Punches, Result Result)>();
            foreach (var people in sizes)
            {
                results.Add((people, (long)people * each, await MeasureAsync(database, people, each, cancellationToken)));
            }

            Print(database, results);
        }

        return 0;
    }

    private static async Task<Result> MeasureAsync(string database, int people, int punches, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("frat-scale-").FullName;
        try
        {
            if (database == "sqlite")
            {
                return await FillAndMeasureAsync(
                    database, $"Data Source={Path.Combine(folder, "frat.db")}", people, punches, cancellationToken);
            }

            // As durable as a server is by default: a check-in waits for the disk.
            using var server = new PostgresServer(durable: true);
            return await FillAndMeasureAsync(
                database, server.ConnectionString(server.CreateDatabase()), people, punches, cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Result> FillAndMeasureAsync(
        string database, string connection, int people, int punches, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        await AnsiConsole.Status().StartAsync(
            "Filling",
            status => Filling.FillAsync(
                database, connection, people, punches, step => status.Status($"{database}: {step}"), cancellationToken));
        AnsiConsole.WriteLine($"{database}: {people} people filled in {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");
        return JsonSerializer.Deserialize<Result>(TestKit.Command.Run(Environment.ProcessPath!, ["measure", database, connection]))!;
    }

    private static void Print(string database, List<(int People, long Punches, Result Result)> results)
    {
        string[] header = ["", .. results.Select(
            result => string.Create(CultureInfo.InvariantCulture, $"{result.People:N0} people, {result.Punches:N0} punches")), "growth"];
        Console.WriteLine();
        Console.WriteLine($"### {(database == "sqlite" ? "SQLite" : "PostgreSQL")}");
        Console.WriteLine();
        Row(header);
        Row([.. header.Select(_ => "---")]);
        Line(
            "Start-up to a filled gallery",
            result => result.StartSeconds,
            result => string.Create(CultureInfo.InvariantCulture, $"{result.StartSeconds:0.00} s"));
        Line(
            "Templates in the gallery",
            result => result.Templates,
            result => string.Create(CultureInfo.InvariantCulture, $"{result.Templates:N0}"));
        Line("Memory that is held (the process)", result => result.ManagedMiB, result => $"{result.ManagedMiB} MiB ({result.ProcessMiB})");
        Line("A person's first check-in stored", result => result.FirstCheckIn.Median, result => result.FirstCheckIn.ToString());
        Line("The next check-in stored", result => result.CheckIn.Median, result => result.CheckIn.ToString());
        Line("Enrolment stored", result => result.Enrol.Median, result => result.Enrol.ToString());
        Line("Nearest of all templates", result => result.Search.Median, result => result.Search.ToString());
        Line("A person's month of days, first read", result => result.FirstMonth.Median, result => result.FirstMonth.ToString());
        Line("The same again", result => result.Month.Median, result => result.Month.ToString());
        Console.WriteLine();

        void Line(string name, Func<Result, double> number, Func<Result, string> text) => Row(
        [
            name, .. results.Select(result => text(result.Result)),
            string.Create(CultureInfo.InvariantCulture, $"{number(results[^1].Result) / Math.Max(number(results[0].Result), 0.001):0.0}×"),
        ]);

        static void Row(IEnumerable<string> cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");
    }
}

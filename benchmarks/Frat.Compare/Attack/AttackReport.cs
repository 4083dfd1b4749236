using System.Globalization;
using System.Text;
using Spectre.Console;

namespace Frat.Compare.Attack;

/// <summary>What one attack did.</summary>
/// <param name="What">The attack.</param>
/// <param name="Kiosk">What the kiosk beside it saw.</param>
/// <param name="Attacker">What was sent; null where nobody attacked.</param>
/// <param name="Alive">Whether the host was alive at the end.</param>
/// <param name="Recovered">Whether somebody was recognised when it was over.</param>
/// <param name="PeakBytes">The most memory that the host's group ever had.</param>
internal sealed record AttackResult(string What, KioskRecord Kiosk, TallyResult? Attacker, bool Alive, bool Recovered, long PeakBytes)
{
    /// <summary>The host lives, every check-in was answered, and somebody was recognised.</summary>
    public bool Passed => Alive && Recovered && Kiosk is { Failed: 0, Recognized: > 0 };
}

/// <summary>Prints results, and writes them into a Markdown file.</summary>
internal static class AttackReport
{
    private static readonly string[] Columns =
        [
            "attack",
            "recognised",
            "refused",
            "no answer",
            "median",
            "p95",
            "worst",
            "host",
            "peak of the group",
            "attacker sent",
            "attacker was answered"
        ];

    public static void Print(IReadOnlyList<AttackResult> results)
    {
        Console.WriteLine(Report.MachineOnly());
        Console.WriteLine();
        Console.WriteLine(Markdown(results));
        foreach (var result in results.Where(result => !result.Passed))
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]Failed:[/] {result.What}: {Reason(result)}");
        }
    }

    public static void Replace(string path, IReadOnlyList<AttackResult> results) =>
        Report.Replace(path, "attacks", $"{Report.MachineOnly()}\n\n{Markdown(results)}");

    /// <summary>Why an attack counts as one that worked.</summary>
    public static string Reason(AttackResult result) =>
        !result.Alive ? "the host is dead"
        : result.Kiosk.Recognized == 0 ? "nobody was recognised"
        : result.Kiosk.Failed > 0 ? $"{result.Kiosk.Failed} check-ins got no answer"
        : !result.Recovered ? "nobody was recognised afterwards"
        : "";

    public static string[] Cells(AttackResult result) =>
    [
        result.What,
        Text(result.Kiosk.Recognized),
        Text(result.Kiosk.Refused) + Answers(result.Kiosk.Refusals.Select(pair => (pair.Key, (long)pair.Value))),
        Text(result.Kiosk.Failed),
        Text(result.Kiosk.Median),
        Text(result.Kiosk.P95),
        Text(result.Kiosk.Worst),
        result.Alive ? "alive" : "**dead**",
        $"{result.PeakBytes / (1024 * 1024)} MiB",
        result.Attacker is { } sent
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{Number(sent.Bytes / 1000.0 / sent.Seconds)} KB/s, {Number(sent.Requests / sent.Seconds)} requests/s")
            : "",
        result.Attacker is null ? "" : Answers(result.Attacker.Answers.Select(pair => (pair.Key, pair.Value))).Trim(' ', '(', ')'),
    ];

    private static string Markdown(IReadOnlyList<AttackResult> results)
    {
        var text = new StringBuilder();
        Row(Columns);
        Row([.. Columns.Select(_ => "---")]);
        foreach (var result in results)
        {
            Row(Cells(result));
        }

        return text.ToString();

        void Row(string[] cells) => text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells)} |\n");
    }

    private static string Answers(IEnumerable<(string What, long Count)> answers)
    {
        var all = string.Join(
            ", ", answers.Select(answer => $"{answer.Count}× {(answer.What.Length > 80 ? answer.What[..80] : answer.What)}"));
        return all.Length == 0 ? "" : $" ({all})";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Text(TimeSpan time) => time.TotalSeconds < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    private static string Number(double value) => value.ToString(value < 10 ? "0.0" : "#,0", CultureInfo.InvariantCulture);
}

using System.Globalization;

namespace Frat.Compare.Load;

/// <summary>What a load came to.</summary>
internal sealed record LoadFigures(
    int People,
    int Kiosks,
    int Seconds,
    (long All, long Own) Idle,
    long PeakOwn,
    long Peak,
    LoadResult Alone,
    LoadResult All);

/// <summary>The figures as Markdown.</summary>
internal static class LoadTable
{
    private const double MiB = 1024 * 1024;

    public static string Of(LoadFigures of)
    {
        var text = new System.Text.StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Report.MachineOnly()} {of.People:N0} people, {of.Seconds} seconds.\n\n");
        Row("", "one kiosk", string.Create(CultureInfo.InvariantCulture, $"{of.Kiosks} kiosks, and the office"));
        Row("---", "---", "---");
        Each(
            "A frame with a face answered: p50 / p95 / p99",
            result => Times(result.Looks.Where(look => !look.Busy).Select(look => look.Ms)));
        Each("A check-in booked and answered: p50 / p95 / p99", result => Times(result.Bookings.Select(booking => booking.Ms)));
        Each("Check-ins", result => Number(result.Bookings.Count));
        Each("Frames that came before the last one was answered", result => Number(result.Looks.Count(look => look.Busy)));
        Row("Registrations, of 12 megapixels: p50 / p95 / p99", "", Times(of.All.Enrolments.Select(person => person.Ms)));
        Row("Registrations", "", string.Create(
            CultureInfo.InvariantCulture, $"{of.All.Enrolments.Count}, {of.All.Enrolments.Count / (double)of.Seconds:0.00} a second"));
        Each("Errors", result => Number(result.Errors.Count));
        Row("p95 of check-ins, in proportion", "1", Ratio(of.Alone.Bookings, of.All.Bookings));
        Row(
            "Memory of the group, some seconds after the start (the processes' own)",
            $"{Mebi(of.Idle.All)} ({Mebi(of.Idle.Own)}) MiB",
            "");
        Row("Memory of the group, peak (the processes' own)", "", $"{Mebi(of.Peak)} ({Mebi(of.PeakOwn)}) MiB of 512");
        return text.ToString();

        void Row(params string[] cells) => text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells)} |\n");

        void Each(string what, Func<LoadResult, string> cell) => Row(what, cell(of.Alone), cell(of.All));
    }

    private static string Ratio(IReadOnlyList<CheckIn> alone, IReadOnlyList<CheckIn> all) => alone.Count == 0 || all.Count == 0
        ? ""
        : (Percentile(all.Select(one => one.Ms), 95) / Percentile(alone.Select(one => one.Ms), 95))
            .ToString("0.00", CultureInfo.InvariantCulture);

    private static string Times(IEnumerable<double> times)
    {
        var all = times.ToList();
        return all.Count == 0 ? "" : string.Join(" / ", ((int[])[50, 95, 99]).Select(
            percent => Percentile(all, percent).ToString("0", CultureInfo.InvariantCulture))) + " ms";
    }

    private static double Percentile(IEnumerable<double> times, int percent)
    {
        var sorted = times.Order().ToList();
        return sorted[Math.Min(sorted.Count * percent / 100, sorted.Count - 1)];
    }

    private static string Mebi(long bytes) => (bytes / MiB).ToString("0", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

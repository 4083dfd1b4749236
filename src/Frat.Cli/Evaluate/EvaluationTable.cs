using System.Globalization;
using Spectre.Console;

namespace Frat.Cli.Evaluate;

/// <summary>Shows an evaluation in a terminal.</summary>
internal static class EvaluationTable
{
    private const int MostAlike = 10;

    public static void Write(IAnsiConsole console, Evaluation evaluation)
    {
        var result = evaluation.Verification;
        console.WriteLine(Line(
            $"{evaluation.Photos:N0} photos of {evaluation.People:N0} people; {evaluation.EncoderId}, {evaluation.Way}. ")
            + Line($"No encoding of {evaluation.Failures.Count:N0} photos ({Texts.Percent(Share(evaluation))})."));
        console.WriteLine();
        console.WriteLine("1:1, two photos");
        if (double.IsFinite(result.Accuracy))
        {
            console.WriteLine(Line(
                $"  Accuracy {Texts.Percent(result.Accuracy)} ± {Texts.Percent(result.StandardError)}, {result.Folds.Count} folds."));
        }

        console.WriteLine(Line(
            $"  At the encoder's {evaluation.RecommendedMaxDistance:0.00}: FMR {Texts.Percent(result.FmrAtRecommended)}, ")
            + Line($"FNMR {Texts.Percent(result.FnmrAtRecommended)} ({result.GenuinePairs:N0} and {result.ImpostorPairs:N0} pairs)."));
        foreach (var (rate, error) in result.FnmrAtFmr)
        {
            console.WriteLine(Line($"  FNMR at FMR {Texts.Percent(rate)}: {Texts.WithInterval(error)}"));
        }

        console.WriteLine();
        console.WriteLine("1:N, strangers at the door");
        Identification(console, evaluation);
        OwnLimits(console, evaluation);
        Groups(console, evaluation);
        Alike(console, evaluation.Alike, "People whom the encoder hardly tells apart, by the distance of their means:");
    }

    /// <summary>Shows what a gallery promises.</summary>
    public static void Write(IAnsiConsole console, string encoder, GalleryEvaluation gallery)
    {
        console.WriteLine(Line($"{gallery.People:N0} people with {gallery.Templates:N0} templates of {encoder}."));
        console.WriteLine(gallery switch
        {
            { TargetFalsePositiveRate: 0 } => "No share of strangers is asked for: the largest distance alone decides.",
            { IsCalibrated: true } => Line(
                $"The limit follows from the people themselves, so that {Texts.Percent(gallery.TargetFalsePositiveRate)} of strangers are ")
                + "taken for somebody.",
            _ => "There are too few people to tell a limit by: a fixed one counts, by which about one stranger in a hundred gets in.",
        });
        if (gallery.Probes == 0)
        {
            console.WriteLine("Nobody has two templates, so it can't be told how often people are missed.");
        }
        else
        {
            console.WriteLine(Line($"A template of each of {gallery.Probes:N0} people, held back and looked for: FNIR ")
                + Line($"{Texts.WithInterval(gallery.Fnir)}; a distance of {gallery.MedianLimit:0.000} was needed, in the middle."));
        }

        if (gallery.Alike.Count == 0)
        {
            console.WriteLine("Nobody would be taken for somebody else.");
        }

        Alike(console, gallery.Alike, "People who would be taken for one another, were they not both enrolled:");
    }

    private static double Share(Evaluation evaluation) => evaluation.Failures.Count / (double)evaluation.Photos;

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Identification(IAnsiConsole console, Evaluation evaluation)
    {
        if (evaluation.Identification.Count == 0)
        {
            console.WriteLine(Line(
                $"  Nobody has {evaluation.Options.TemplatesPerPerson} photos to be enrolled with, and another to be recognised on."));
            return;
        }

        var table = new Table().AddColumns("rule", "N", "templates", "frames", "probes", "strangers", "rank 1");
        foreach (var rate in evaluation.Options.Rates)
        {
            table.AddColumn($"FNIR at FPIR {Texts.Percent(rate)}");
        }

        foreach (var result in evaluation.Identification)
        {
            int[] counts = [result.People, result.TemplatesPerPerson, result.FramesPerProbe, result.Probes, result.Strangers];
            table.AddRow(
            [
                result.Rule,
                .. counts.Select(count => count.ToString("N0", CultureInfo.InvariantCulture)),
                Texts.Rate(result.Rank1.Value),
                .. result.FnirAtFpir.Values.Select(Texts.WithInterval),
            ]);
        }

        foreach (var column in table.Columns.Skip(1))
        {
            column.RightAligned();
        }

        console.Write(table);
    }

    private static void OwnLimits(IAnsiConsole console, Evaluation evaluation)
    {
        foreach (var result in evaluation.Identification.Where(result => result.AtOwnLimit.Count > 0))
        {
            var frames = result.FramesPerProbe == 1 ? "one frame" : Line($"{result.FramesPerProbe} frames");
            console.WriteLine($"As a host of these people decides (by a fixed limit where they are fewer than 30), {frames}:");
            foreach (var (rate, reached) in result.AtOwnLimit)
            {
                console.WriteLine(Line(
                    $"  asked {Texts.Percent(rate)}: FPIR {Texts.WithInterval(reached.Fpir)}, FNIR {Texts.WithInterval(reached.Fnir)}"));
            }
        }
    }

    private static void Groups(IAnsiConsole console, Evaluation evaluation)
    {
        if (evaluation.Verification.Groups.Count == 0)
        {
            return;
        }

        var table = new Table().Title("By group").AddColumns("group", "people", "FMR 1:1", "FNMR 1:1");
        foreach (var group in evaluation.Verification.Groups)
        {
            table.AddRow(
                Markup.Escape(Terminal.Line(group.Group)),
                group.People.ToString("N0", CultureInfo.InvariantCulture),
                Texts.Percent(group.Fmr),
                Texts.Percent(group.Fnmr));
        }

        console.Write(table);
    }

    private static void Alike(IAnsiConsole console, IReadOnlyList<AlikePeople> alike, string title)
    {
        if (alike.Count == 0)
        {
            return;
        }

        console.WriteLine(title);
        foreach (var pair in alike.Take(MostAlike))
        {
            console.WriteLine(Line($"  {pair.Distance:0.000}  {Terminal.Line(pair.First)}, {Terminal.Line(pair.Second)}"));
        }

        if (alike.Count > MostAlike)
        {
            console.WriteLine(Line($"  and {alike.Count - MostAlike} more pairs."));
        }
    }
}

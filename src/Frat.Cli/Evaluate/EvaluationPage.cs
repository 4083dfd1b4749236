using System.Globalization;
using System.Net;
using System.Text;

namespace Frat.Cli.Evaluate;

/// <summary>Writes an evaluation as one page that needs nothing else: no network, no script.</summary>
internal static class EvaluationPage
{
    private const double LeastRate = 1e-5;
    private const int MostFailures = 200;
    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    private const string Style = """
        :root { color-scheme: light dark; --ground: #fbfaf8; --paper: #fff; --ink: #1f2328; --faint: #5b636d; --line: #dcd9d3;
          --curve-1: #0b6bcb; --curve-2: #c2410c; --curve-3: #15803d; --curve-4: #7e22ce; --curve-5: #a16207; --curve-6: #be185d; }
        @media (prefers-color-scheme: dark) { :root { --ground: #14171a; --paper: #1c2024; --ink: #e6e8ea; --faint: #a2abb5;
          --line: #363c43; --curve-1: #6cb2ff; --curve-2: #ff9a5c; --curve-3: #5fd38a; --curve-4: #c79bff; --curve-5: #e3c04a;
          --curve-6: #ff8ab8; } }
        body { margin: 0 auto; padding: 2rem 1rem 4rem; max-width: 74rem; background: var(--ground); color: var(--ink);
          font: 1rem/1.5 system-ui, sans-serif; }
        h1 { font-size: 1.7rem; margin: 0 0 .25rem; } h2 { font-size: 1.25rem; margin: 2.5rem 0 .75rem; } h3 { font-size: 1rem; margin: 0; }
        p { margin: .25rem 0; max-width: 62rem; } .faint, figcaption { color: var(--faint); font-size: .9rem; }
        .numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: 1rem; margin: 1.25rem 0 0; padding: 0; }
        .numbers div { background: var(--paper); border: 1px solid var(--line); border-radius: .6rem; padding: .8rem 1rem; }
        .numbers dt { color: var(--faint); font-size: .85rem; } .numbers dd { margin: 0; font-size: 1.5rem; font-weight: 600; }
        .charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 1rem; margin-top: .75rem; }
        figure { margin: 0; max-width: 40rem; background: var(--paper); border: 1px solid var(--line); border-radius: .6rem;
          padding: 1rem; }
        svg { width: 100%; height: auto; display: block; } svg text { fill: var(--faint); font: 13px system-ui, sans-serif; }
        svg .title { fill: var(--ink); font-size: 14px; } .grid { stroke: var(--line); }
        polyline { fill: none; stroke: var(--color); stroke-width: 2; stroke-linejoin: round; }
        .legend { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1rem; margin: .5rem 0 0; padding: 0; font-size: .9rem; }
        .legend i { display: inline-block; width: 1.1rem; height: .2rem; margin-right: .4rem; vertical-align: middle;
          background: var(--color); }
        .wide { overflow-x: auto; margin-top: .75rem; }
        .wide + p { margin-top: 1.5rem; }
        .wide + .charts { margin-top: 1.5rem; }
        table { border-collapse: collapse; background: var(--paper); font-variant-numeric: tabular-nums; }
        th, td { padding: .4rem .8rem; border: 1px solid var(--line); text-align: right; }
        th:first-child, td:first-child { text-align: left; }
        th { font-weight: 600; } td small { color: var(--faint); display: block; } .left td { text-align: left; }
        """;

    public static async Task WriteAsync(Stream output, Evaluation evaluation)
    {
        var page = new StringBuilder();
        page.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
            .Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>")
            .Append(Text($"Recognition of {evaluation.Folder}")).Append("</title>\n<style>\n").Append(Style)
            .Append("\n</style>\n</head>\n<body>\n<main>\n");
        Head(page, evaluation);
        Identification(page, evaluation);
        Verification(page, evaluation);
        Groups(page, evaluation);
        Alike(page, evaluation);
        Failures(page, evaluation);
        page.Append("</main>\n</body>\n</html>\n");
        await output.WriteAsync(Encoding.UTF8.GetBytes(page.ToString())).ConfigureAwait(false);
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Count(long number) => number.ToString("N0", Invariant);

    private static void Head(StringBuilder page, Evaluation evaluation)
    {
        var result = evaluation.Verification;
        page.Append(Invariant, $"<h1>How well the people of {Text(evaluation.Folder)} are recognised</h1>\n<p class=\"faint\">")
            .Append(Invariant, $"{Text(evaluation.EncoderId)}, {Text(evaluation.Way)}; {Count(evaluation.Photos)} photos of ")
            .Append(Invariant, $"{Count(evaluation.People)} people. Seed {Count(evaluation.Options.Seed)}.</p>\n<dl class=\"numbers\">");
        Number("Accuracy 1:1", Texts.Percent(result.Accuracy));
        foreach (var (rate, error) in result.FnmrAtFmr)
        {
            Number($"FNMR at FMR {Texts.Percent(rate)}", Texts.Percent(error.Value));
        }

        if (evaluation.Identification.Count > 0)
        {
            Number("Best rank 1", Texts.Percent(evaluation.Identification.Max(one => one.Rank1.Value)));
        }

        Number("No encoding", Texts.Percent(evaluation.Failures.Count / (double)evaluation.Photos));
        page.Append("</dl>\n");

        void Number(string name, string value) => page.Append(Invariant, $"<div><dt>{Text(name)}</dt><dd>{Text(value)}</dd></div>");
    }

    private static void Identification(StringBuilder page, Evaluation evaluation)
    {
        page.Append("<h2>1:N, strangers at the door</h2>\n");
        if (evaluation.Identification.Count == 0)
        {
            page.Append("<p>Nobody has photos enough to be enrolled and recognised.</p>\n");
            return;
        }

        page.Append("<p>FPIR is the share of strangers who are taken for somebody; FNIR the share of probes of people who are enrolled ")
            .Append("that don't come back as that person. Below each, the interval of 95 % over people.</p>\n")
            .Append("<div class=\"wide\"><table><thead><tr><th>Rule</th><th>N</th><th>Templates</th>")
            .Append("<th>Frames</th><th>Probes</th><th>Strangers</th><th>Rank 1</th>");
        foreach (var rate in evaluation.Options.Rates)
        {
            page.Append(Invariant, $"<th>FNIR at FPIR {Texts.Percent(rate)}</th>");
        }

        page.Append("</tr></thead><tbody>\n");
        foreach (var result in evaluation.Identification)
        {
            page.Append(Invariant, $"<tr><td>{Text(result.Rule)}</td>");
            foreach (var count in (int[])[
                result.People, result.TemplatesPerPerson, result.FramesPerProbe, result.Probes, result.Strangers])
            {
                page.Append(Invariant, $"<td>{Count(count)}</td>");
            }

            foreach (var error in (IEnumerable<ErrorRate>)[result.Rank1, .. result.FnirAtFpir.Values])
            {
                Cell(page, error);
            }

            page.Append("</tr>\n");
        }

        page.Append("</tbody></table></div>\n");
        OwnLimits(page, evaluation);
        page.Append("<div class=\"charts\">\n");
        var single = evaluation.Identification.Select(one => one.FramesPerProbe).Distinct().Count() == 1;
        page.Append(new Chart(
            "Strangers taken for somebody, people missed",
            "FNIR over FPIR, for each rule; lower is better.",
            new ChartAxis("FPIR", 1e-4),
            new ChartAxis("FNIR", 1e-3)).Draw([.. evaluation.Identification.Select(result => new ChartCurve(
                single ? result.Rule : $"{result.Rule}, {Count(result.FramesPerProbe)} frame{(result.FramesPerProbe == 1 ? "" : "s")}",
                [.. result.Curve.Select(point => (point.Fpir, point.Fnir))]))]));
        page.Append("</div>\n");
    }

    private static void OwnLimits(StringBuilder page, Evaluation evaluation)
    {
        var own = evaluation.Identification.Where(result => result.AtOwnLimit.Count > 0).ToList();
        if (own.Count == 0)
        {
            return;
        }

        page.Append("<p>As a host of these people decides: its limit follows from the share of strangers that is asked for, and from the ")
            .Append("people themselves; it is a fixed one where they are fewer than 30.</p>\n")
            .Append("<div class=\"wide\"><table><thead><tr><th>Frames</th><th>Asked for</th>")
            .Append("<th>FPIR</th><th>FNIR</th></tr></thead><tbody>\n");
        foreach (var result in own)
        {
            foreach (var (rate, reached) in result.AtOwnLimit)
            {
                page.Append(Invariant, $"<tr><td>{Count(result.FramesPerProbe)}</td><td>{Texts.Percent(rate)}</td>");
                Cell(page, reached.Fpir);
                Cell(page, reached.Fnir);
                page.Append("</tr>\n");
            }
        }

        page.Append("</tbody></table></div>\n");
    }

    private static void Cell(StringBuilder page, ErrorRate error)
    {
        page.Append(Invariant, $"<td>{Texts.Rate(error.Value)}");
        page.Append(double.IsFinite(error.Low) ? $"<small>{Texts.Rate(error.Low)}–{Texts.Rate(error.High)}</small></td>" : "</td>");
    }

    private static void Verification(StringBuilder page, Evaluation evaluation)
    {
        var result = evaluation.Verification;
        page.Append("<h2>1:1, two photos</h2>\n<p>")
            .Append(Invariant, $"{Count(result.GenuinePairs)} pairs of one person, {Count(result.ImpostorPairs)} of two. ")
            .Append(Invariant, $"At the encoder's distance of {evaluation.RecommendedMaxDistance.ToString("0.00", Invariant)}, ")
            .Append(Invariant, $"{Texts.Percent(result.FmrAtRecommended)} of the latter match, and ")
            .Append(Invariant, $"{Texts.Percent(result.FnmrAtRecommended)} of the ").Append("former don't.</p>\n<div class=\"charts\">\n");
        page.Append(new Chart(
            "ROC", "Pairs of one person that match, over pairs of two that do; higher is better.",
            new ChartAxis("False match rate", LeastRate), new ChartAxis("True match rate", null))
            .Draw([new ChartCurve("1:1", [.. result.Curve.Select(point => (point.Fmr, 1 - point.Fnmr))])]));
        page.Append(new Chart(
            "DET", "Pairs of one person that don't match, over pairs of two that do; lower is better.",
            new ChartAxis("False match rate", LeastRate), new ChartAxis("False non-match rate", 1e-3))
            .Draw([new ChartCurve("1:1", [.. result.Curve.Select(point => (point.Fmr, point.Fnmr))])]));
        page.Append("</div>\n");
    }

    private static void Groups(StringBuilder page, Evaluation evaluation)
    {
        if (evaluation.Verification.Groups.Count == 0)
        {
            return;
        }

        var best = evaluation.Identification.Count > 0 ? evaluation.Identification[^1] : null;
        page.Append("<h2>By group</h2>\n<p>1:1 within each group, at the encoder's distance; 1:N by the last rule above, at the threshold ")
            .Append("at which all strangers together have the rate.</p>\n<div class=\"wide\"><table><thead><tr><th>Group</th>")
            .Append("<th>People</th><th>FMR</th><th>FNMR</th>");
        foreach (var rate in best?.Groups.Count > 0 ? evaluation.Options.Rates : [])
        {
            page.Append(Invariant, $"<th>FPIR at {Texts.Percent(rate)}</th>");
        }

        page.Append("</tr></thead><tbody>\n");
        foreach (var group in evaluation.Verification.Groups)
        {
            page.Append(Invariant, $"<tr><td>{Text(group.Group)}</td><td>{Count(group.People)}</td>")
                .Append(Invariant, $"<td>{Texts.Percent(group.Fmr)}</td><td>{Texts.Percent(group.Fnmr)}</td>");
            if (best?.Groups.Count > 0)
            {
                var strangers = best.Groups.FirstOrDefault(one => one.Group == group.Group);
                foreach (var rate in evaluation.Options.Rates)
                {
                    page.Append(Invariant, $"<td>{Texts.Percent(strangers?.FpirAtFpir[rate] ?? double.NaN)}</td>");
                }
            }

            page.Append("</tr>\n");
        }

        page.Append("</tbody></table></div>\n");
    }

    private static void Alike(StringBuilder page, Evaluation evaluation)
    {
        if (evaluation.Alike.Count == 0)
        {
            return;
        }

        page.Append("<h2>People whom the encoder hardly tells apart</h2>\n<p>The means of their photos are nearer than the encoder's ")
            .Append("distance for one person.</p>\n<div class=\"wide\"><table class=\"left\"><thead><tr><th>Distance</th><th>Person</th>")
            .Append("<th>Person</th></tr></thead><tbody>\n");
        foreach (var pair in evaluation.Alike)
        {
            page.Append(Invariant, $"<tr><td>{pair.Distance.ToString("0.000", Invariant)}</td><td>{Text(pair.First)}</td>")
                .Append(Invariant, $"<td>{Text(pair.Second)}</td></tr>\n");
        }

        page.Append("</tbody></table></div>\n");
    }

    private static void Failures(StringBuilder page, Evaluation evaluation)
    {
        if (evaluation.Failures.Count == 0)
        {
            return;
        }

        page.Append("<h2>Photos without an encoding</h2>\n")
            .Append(Invariant, $"<p>{Count(evaluation.Failures.Count)} photos. They are left out above.</p>\n")
            .Append("<div class=\"wide\"><table class=\"left\"><thead><tr><th>Photo</th><th>Why</th></tr></thead><tbody>\n");
        foreach (var failure in evaluation.Failures.Take(MostFailures))
        {
            var reason = failure.Reason switch
            {
                "noFace" => "No face was found.",
                "severalFaces" => "Several faces of about one size were found.",
                _ => failure.Message ?? "It can't be read.",
            };
            page.Append(Invariant, $"<tr><td>{Text(failure.Photo.Name)}</td><td>{Text(reason)}</td></tr>\n");
        }

        page.Append("</tbody></table></div>\n");
        if (evaluation.Failures.Count > MostFailures)
        {
            page.Append(Invariant, $"<p class=\"faint\">And {Count(evaluation.Failures.Count - MostFailures)} more.</p>\n");
        }
    }
}

using System.Globalization;
using System.Net;
using System.Text;

namespace Frat.Cli.Evaluate;

/// <summary>An axis of shares: by powers of ten from its least to 1, or even from 0 to 1.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Least">The least share of an axis by powers of ten; null for an even one.</param>
internal sealed record ChartAxis(string Title, double? Least)
{
    /// <summary>Where a share is, from 0 to 1.</summary>
    public double Place(double share) => Least is { } least
        ? Math.Clamp(Math.Log10(Math.Max(share, least) / least) / -Math.Log10(least), 0, 1)
        : Math.Clamp(share, 0, 1);

    public IEnumerable<double> Ticks() => Least is { } least
        ? Enumerable.Range(0, (int)Math.Round(-Math.Log10(least)) + 1).Select(i => Math.Pow(10, -i)).Reverse()
        : [0, 0.2, 0.4, 0.6, 0.8, 1];
}

/// <summary>A curve, and what it is called.</summary>
internal sealed record ChartCurve(string Name, IReadOnlyList<(double X, double Y)> Points);

/// <summary>Draws curves as SVG that takes its colours from the page: <c>--curve-1</c> and so on.</summary>
internal sealed class Chart(string title, string description, ChartAxis x, ChartAxis y)
{
    private const int Width = 560, Height = 380, Left = 62, Right = 16, Top = 14, Bottom = 52;

    /// <summary>How many colours a page has to have.</summary>
    public const int Colors = 6;

    private readonly StringBuilder _svg = new();

    public string Draw(IReadOnlyList<ChartCurve> curves)
    {
        _svg.Append("<figure><h3>").Append(WebUtility.HtmlEncode(title)).Append("</h3>\n");
        Add($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{WebUtility.HtmlEncode(description)}\">\n");
        Axes();
        foreach (var (i, curve) in curves.Index())
        {
            Line(curve, i);
        }

        _svg.Append("</svg>\n");
        if (curves.Count > 1)
        {
            _svg.Append("<ul class=\"legend\">");
            foreach (var (i, curve) in curves.Index())
            {
                Add($"<li><i style=\"--color: var(--curve-{(i % Colors) + 1})\"></i>{WebUtility.HtmlEncode(curve.Name)}</li>");
            }

            _svg.Append("</ul>\n");
        }

        _svg.Append("<figcaption>").Append(WebUtility.HtmlEncode(description)).Append("</figcaption></figure>\n");
        return _svg.ToString();
    }

    private static string Label(double share) => share is 0 or 1 ? share.ToString(CultureInfo.InvariantCulture)
        : share >= 0.001 ? (share * 100).ToString("0.##", CultureInfo.InvariantCulture) + " %"
        : $"10{Superscript((int)Math.Round(Math.Log10(share)))}";

    private static string Superscript(int power) =>
        string.Concat(power.ToString(CultureInfo.InvariantCulture).Select(digit => digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']));

    private static double X(double place) => Left + (place * (Width - Left - Right));

    private static double Y(double place) => Height - Bottom - (place * (Height - Top - Bottom));

    private void Axes()
    {
        foreach (var tick in x.Ticks())
        {
            var at = X(x.Place(tick));
            Add($"<line class=\"grid\" x1=\"{at:0.#}\" x2=\"{at:0.#}\" y1=\"{Top}\" y2=\"{Height - Bottom}\"/>");
            Add($"<text x=\"{at:0.#}\" y=\"{Height - Bottom + 18}\" text-anchor=\"middle\">{Label(tick)}</text>\n");
        }

        foreach (var tick in y.Ticks())
        {
            var at = Y(y.Place(tick));
            Add($"<line class=\"grid\" x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{at:0.#}\" y2=\"{at:0.#}\"/>");
            Add($"<text x=\"{Left - 8}\" y=\"{at + 4:0.#}\" text-anchor=\"end\">{Label(tick)}</text>\n");
        }

        Add($"<text class=\"title\" x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 10}\" text-anchor=\"middle\">{x.Title}</text>");
        var middle = (Top + Height - Bottom) / 2;
        Add($"<text class=\"title\" transform=\"translate(14 {middle}) rotate(-90)\" text-anchor=\"middle\">{y.Title}</text>\n");
    }

    private void Line(ChartCurve curve, int number)
    {
        var points = curve.Points.Select(point => (X: X(x.Place(point.X)), Y: Y(y.Place(point.Y))))
            .Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.X:0.#},{point.Y:0.#}"));
        Add($"<polyline style=\"--color: var(--curve-{(number % Colors) + 1})\" points=\"");
        _svg.AppendJoin(' ', points.Distinct()).Append("\"/>\n");
    }

    private void Add(FormattableString text) => _svg.Append(text.ToString(CultureInfo.InvariantCulture));
}

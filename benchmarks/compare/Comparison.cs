using System.Globalization;

namespace Frat.Compare;

/// <summary>A line of the table: one thing, measured on both sides in each round.</summary>
internal sealed class Comparison(string what, string unit)
{
    private readonly List<double> _dlib = [];
    private readonly List<double> _frat = [];

    public string What => what;

    public string Dlib => Text(_dlib);

    public string Frat => Text(_frat);

    /// <summary>How many times faster, or smaller, FRAT is: the median of the rounds, and the worst and the best of them.</summary>
    public string Ratio
    {
        get
        {
            var ratios = _dlib.Zip(_frat, (dlib, frat) => dlib / frat).Order().ToList();
            return ratios.Count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{Median(ratios):0.0}× ({ratios[0]:0.0}–{ratios[^1]:0.0})");
        }
    }

    public void Add(double? dlib, double? frat)
    {
        if (dlib is { } one)
        {
            _dlib.Add(one);
        }

        if (frat is { } other)
        {
            _frat.Add(other);
        }
    }

    // The median, and the quartiles.
    private string Text(List<double> samples)
    {
        var sorted = samples.Order().ToList();
        return sorted.Count == 0
            ? "–"
            : string.Create(CultureInfo.InvariantCulture, $"{Number(Median(sorted))} {unit} ({Number(sorted[sorted.Count / 4])}–{Number(sorted[sorted.Count * 3 / 4])})");
    }

    private static double Median(List<double> sorted) => (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;

    private static string Number(double value) => value.ToString(value < 10 ? "0.00" : value < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);
}

using System.Globalization;

namespace Frat.Compare;

/// <summary>A line of the table: one thing, measured on each side in each round.</summary>
internal sealed class Comparison(string what, string unit)
{
    private readonly List<double> _dlib = [];
    private readonly List<double> _onnx = [];
    private readonly List<double> _frat = [];

    /// <summary>The columns of a table of comparisons.</summary>
    public static IReadOnlyList<string> Columns { get; } = ["", "dlib 19.24", "ONNX Runtime", "FRAT", "dlib / FRAT", "ONNX Runtime / FRAT"];

    public IReadOnlyList<string> Cells => [what, Text(_dlib), Text(_onnx), Text(_frat), Ratio(_dlib), Ratio(_onnx)];

    public string What => what;

    /// <summary>Adds what a round measured; null where a side has no such thing.</summary>
    public void Add(double? dlib, double? onnx, double? frat)
    {
        Add(_dlib, dlib);
        Add(_onnx, onnx);
        Add(_frat, frat);

        static void Add(List<double> samples, double? sample)
        {
            if (sample is { } value)
            {
                samples.Add(value);
            }
        }
    }

    // How many times faster, or smaller, FRAT is: the median of the rounds, and the worst and the best of them. Below 1, FRAT is the slower
    // one.
    private string Ratio(List<double> other)
    {
        var ratios = other.Zip(_frat, (one, frat) => one / frat).Order().ToList();
        return ratios.Count == 0
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{Times(Median(ratios))}× ({Times(ratios[0])}–{Times(ratios[^1])})");
    }

    // The median, and the quartiles.
    private string Text(List<double> samples)
    {
        var sorted = samples.Order().ToList();
        return sorted.Count == 0
            ? "–"
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{Number(Median(sorted))} {unit} ({Number(sorted[sorted.Count / 4])}–{Number(sorted[sorted.Count * 3 / 4])})");
    }

    private static double Median(List<double> sorted) => (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;

    private static string Times(double ratio) => ratio.ToString(ratio < 2 ? "0.00" : "0.0", CultureInfo.InvariantCulture);

    private static string Number(double value) =>
        value.ToString(value < 10 ? "0.00" : value < 100 ? "0.0" : "0", CultureInfo.InvariantCulture);
}

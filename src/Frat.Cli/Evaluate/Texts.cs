using System.Globalization;

namespace Frat.Cli.Evaluate;

/// <summary>How numbers of an evaluation look, in the terminal and on the page.</summary>
internal static class Texts
{
    public const string Unknown = "–";

    /// <summary>A share as a fraction of 1.</summary>
    public static string Rate(double value) => double.IsFinite(value) ? value.ToString("0.000", CultureInfo.InvariantCulture) : Unknown;

    /// <summary>A share in percent, with as many digits as it needs.</summary>
    public static string Percent(double value) => double.IsFinite(value)
        ? (value * 100).ToString(value is > 0 and < 0.001 ? "0.####" : "0.##", CultureInfo.InvariantCulture) + " %"
        : Unknown;

    public static string WithInterval(ErrorRate error) => !double.IsFinite(error.Value) ? Unknown
        : double.IsFinite(error.Low) ? $"{Rate(error.Value)} ({Rate(error.Low)}–{Rate(error.High)})"
        : Rate(error.Value);
}

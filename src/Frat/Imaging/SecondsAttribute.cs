using System.ComponentModel.DataAnnotations;
using System.Globalization;

namespace Frat;

/// <summary>Bounds a span of time, in seconds. <see cref="RangeAttribute"/> takes spans as text only, by a type converter that trimming may remove.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SecondsAttribute(double least, double most) : ValidationAttribute
{
    public double Least => least;

    public double Most => most;

    public override bool IsValid(object? value) => value is TimeSpan span && span.TotalSeconds >= least && span.TotalSeconds <= most;

    public override string FormatErrorMessage(string name) =>
        string.Create(CultureInfo.InvariantCulture, $"The field {name} must be between {TimeSpan.FromSeconds(least):c} and {TimeSpan.FromSeconds(most):c}.");
}

namespace Frat;

/// <summary>How a set of photos is evaluated. Immutable.</summary>
public sealed record EvaluationOptions
{
    /// <summary>How many photos of a person are enrolled, 1 or more. Default: 3.</summary>
    public int TemplatesPerPerson { get; init; } = 3;

    /// <summary>How many photos make up a probe, 1 to 8: their encodings are averaged. Default: 1.</summary>
    public int FramesPerProbe { get; init; } = 1;

    /// <summary>The shares at which errors are told, above 0 and below 1. Default: 0.1, 0.01 and 0.001.</summary>
    public IReadOnlyList<double> Rates { get; init; } = [0.1, 0.01, 0.001];

    /// <summary>What the photos, folds and samples are drawn by: the same seed draws the same. Default: 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How often people are drawn anew for the 95 % intervals. Default: 1,000.</summary>
    public int Resamples { get; init; } = 1000;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(TemplatesPerPerson, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(FramesPerProbe, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(FramesPerProbe, IFaceIdentifier.MaxFrames);
        ArgumentOutOfRangeException.ThrowIfLessThan(Resamples, 1);
        if (Rates.Count == 0 || Rates.Any(rate => rate is not (> 0 and < 1)))
        {
            throw new ArgumentException("Rates are above 0 and below 1, and there is one at least.");
        }
    }
}

/// <summary>A share of errors, and between which it lies with a probability of 95 %.</summary>
public readonly record struct ErrorRate
{
    /// <summary>The share; <see cref="double.NaN"/> where there is too little to tell.</summary>
    public required double Value { get; init; }

    /// <summary>The lower end; <see cref="double.NaN"/> where it isn't known.</summary>
    public required double Low { get; init; }

    /// <summary>The upper end; <see cref="double.NaN"/> where it isn't known.</summary>
    public required double High { get; init; }

    internal static ErrorRate Unknown { get; } = new() { Value = double.NaN, Low = double.NaN, High = double.NaN };
}

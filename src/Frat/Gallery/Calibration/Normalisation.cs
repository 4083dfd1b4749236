namespace Frat;

/// <summary>A distance as a score that means the same for every face, and back.</summary>
internal readonly record struct Normalisation(Cohort.Spread Probe, Cohort.Spread Person)
{
    /// <summary>The larger, the more alike.</summary>
    public double Score(double distance) =>
        ((Probe.Mean - distance) / Probe.Deviation) + ((Person.Mean - distance) / Person.Deviation);

    /// <summary>The distance that has a score, for this probe and this person.</summary>
    public double DistanceOf(double score) =>
        ((Probe.Mean / Probe.Deviation) + (Person.Mean / Person.Deviation) - score) / ((1 / Probe.Deviation) + (1 / Person.Deviation));
}

namespace Frat.Dlib;

/// <summary>
/// All separable filters of the detector, by feature plane: a filter is the outer product of a column and a row of taps, and a
/// detector's answer is the sum of its filters' answers over all planes. Immutable.
/// </summary>
internal sealed class FhogFilters
{
    /// <summary>Taps of a row and of a column: the window of the detector, in cells.</summary>
    public const int Taps = 10;

    /// <summary>Filters that are run at once over the rows of a plane.</summary>
    public const int GroupSize = 4;

    private readonly Group[] _groups;

    /// <summary>Arranges the filters.</summary>
    /// <param name="thresholds">The detectors' thresholds.</param>
    /// <param name="filters">The filters, in any order.</param>
    public FhogFilters(double[] thresholds, IEnumerable<SeparableFilter> filters)
    {
        Thresholds = thresholds;
        _groups = [.. filters.GroupBy(filter => filter.Plane).OrderBy(plane => plane.Key)
            .SelectMany(plane => plane.OrderBy(filter => filter.Detector).Chunk(GroupSize)).Select(Group.Of)];
    }

    /// <summary>What a detector's answer must reach, by detector.</summary>
    public IReadOnlyList<double> Thresholds { get; }

    /// <summary>The filters in groups of one plane, the detectors in ascending order.</summary>
    public ReadOnlySpan<Group> Groups => _groups;

    /// <summary>Up to <see cref="GroupSize"/> filters of one plane.</summary>
    /// <param name="Plane">The feature plane.</param>
    /// <param name="Rows">The row taps, the first of each filter, then the second of each, …; zeros where there are fewer filters.</param>
    /// <param name="Columns">The column taps of the first filter, then of the second, …</param>
    /// <param name="Detectors">The detector of each filter.</param>
    public sealed record Group(int Plane, float[] Rows, float[] Columns, int[] Detectors)
    {
        internal static Group Of(SeparableFilter[] filters)
        {
            var rows = new float[Taps * GroupSize];
            for (var i = 0; i < filters.Length; i++)
            {
                for (var tap = 0; tap < Taps; tap++)
                {
                    rows[(tap * GroupSize) + i] = filters[i].Row[tap];
                }
            }

            return new Group(
                filters[0].Plane, rows, [.. filters.SelectMany(filter => filter.Column)], [.. filters.Select(filter => filter.Detector)]);
        }
    }
}

/// <summary>One separable filter.</summary>
/// <param name="Detector">The detector it belongs to.</param>
/// <param name="Plane">The feature plane it looks at.</param>
/// <param name="Row">The taps along a row.</param>
/// <param name="Column">The taps down a column.</param>
internal sealed record SeparableFilter(int Detector, int Plane, float[] Row, float[] Column);

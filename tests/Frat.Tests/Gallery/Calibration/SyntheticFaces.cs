namespace Frat.Tests.Gallery.Calibration;

/// <summary>
/// People and photos that are spread as dlib's encodings are: photos of one person 0.39 apart (0.6 and more in two of a hundred), people
/// 1.0, or 0.8 where all are alike; groups of which some are dense, and types of doppelgängers. Seeded.
/// </summary>
internal sealed class SyntheticFaces
{
    public const int Dimension = 128;
    private const int Groups = 40;
    private const int DenseGroups = 6;
    private const int Types = 400;
    private const double GroupPart = 0.10;

    private readonly Random _random;
    private readonly double[] _between = Spectrum(22);
    private readonly double[] _within = Spectrum(40);
    private readonly float[][] _groups;
    private readonly float[][] _types;
    private readonly double _people;

    public SyntheticFaces(int seed, bool areAlike = false)
    {
        _random = new Random(seed);
        _people = areAlike ? 0.253 : 0.46;
        _types = [.. Enumerable.Range(0, Types).Select(_ => Point(_between, Math.Sqrt(_people)))];
        _groups = [.. Enumerable.Range(0, Groups).Select(_ => Point(_between, Math.Sqrt(GroupPart)))];
    }

    /// <summary>Somebody of the population that both the enrolled and strangers are of.</summary>
    public float[] Person()
    {
        if (_random.NextDouble() < 0.01)
        {
            return Add(_types[_random.Next(Types)], Point(_between, 0.45 * Math.Sqrt(_people)));
        }

        var group = _random.Next(Groups);
        return Add(_groups[group], Point(_between, Math.Sqrt(_people - GroupPart) * (group < DenseGroups ? 0.62 : 1)));
    }

    /// <summary>A photo: some are much farther from the person than most.</summary>
    public float[] Photo(float[] person) => Add(person, Point(_within, Math.Sqrt(0.068) * Math.Exp(0.3 * Normal())));

    private static double[] Spectrum(double decay)
    {
        var parts = Enumerable.Range(0, Dimension).Select(i => Math.Exp(-i / decay)).ToArray();
        var all = parts.Sum();
        return [.. parts.Select(part => Math.Sqrt(part / all))];
    }

    private static float[] Add(float[] one, float[] other) => [.. one.Zip(other, (a, b) => a + b)];

    private float[] Point(double[] spectrum, double length) => [.. spectrum.Select(part => (float)(part * length * Normal()))];

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}

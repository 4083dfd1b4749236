using System.Numerics.Tensors;

namespace Frat.Tests.Gallery.Calibration;

/// <summary>What a synthetic population is like.</summary>
public enum Population
{
    /// <summary>Groups of people, some of them dense, and a few doppelgängers: the errors are dlib's on public portraits.</summary>
    Portraits,

    /// <summary>No groups at all: everybody is about equally far from everybody.</summary>
    Even,

    /// <summary>Everybody looks like everybody, as dlib's encodings have it for some groups of people.</summary>
    Alike,

    /// <summary>Denser groups, and twice as many doppelgängers.</summary>
    Dense,
}

/// <summary>
/// People and photos that are spread as dlib's encodings are: photos of one person 0.36 apart, heavy tails included, people 0.9, or 0.7
/// where all are alike. Seeded.
/// </summary>
internal sealed class SyntheticFaces
{
    public const int Dimension = 128;
    private const int Groups = 30;
    private const int Types = 400;
    private const double Within = 0.072;

    private static readonly double[] PhotoSpectrum = Shuffled(Spectrum(30));

    private readonly Random _random;
    private readonly Shape _shape;
    private readonly double[] _spectrum;
    private readonly (float[] Centre, double Density, double Upto)[] _groups = new (float[], double, double)[Groups];
    private readonly float[][] _types;

    public SyntheticFaces(int seed, Population population)
    {
        _random = new Random(seed);
        _shape = population switch
        {
            Population.Portraits => new(Groups: 0.25, DensitySpread: 0.3, Doppelgangers: 0.01, Scale: 1, Decay: 30),
            Population.Even => new(Groups: 0, DensitySpread: 0, Doppelgangers: 0, Scale: 1, Decay: 30),
            Population.Alike => new(Groups: 0.25, DensitySpread: 0.25, Doppelgangers: 0.003, Scale: 0.72, Decay: 25),
            _ => new(Groups: 0.25, DensitySpread: 0.35, Doppelgangers: 0.02, Scale: 1, Decay: 20),
        };
        _spectrum = Spectrum(_shape.Decay);
        var weights = Enumerable.Range(0, Groups).Select(_ => -Math.Log(1 - _random.NextDouble())).ToArray();
        var sum = 0.0;
        for (var i = 0; i < Groups; i++)
        {
            sum += weights[i] / weights.Sum();
            _groups[i] = (Point(_spectrum, Math.Sqrt(Shape.Between * _shape.Groups)), Spread(_shape.DensitySpread), sum);
        }

        _types = [.. Enumerable.Range(0, Types).Select(_ => OfGroup(density: 1))];
    }

    /// <summary>Somebody of the population that both the enrolled and strangers are of.</summary>
    public SyntheticPerson Person()
    {
        var face = _random.NextDouble() < _shape.Doppelgangers
            ? Add(_types[_random.Next(Types)], Point(_spectrum, 0.35 * Math.Sqrt(Shape.Between)))
            : OfGroup(density: null);
        return new SyntheticPerson([.. face.Select(value => (float)(value * _shape.Scale))], Spread(0.25));
    }

    /// <summary>A photo: some are much farther from the person than most, and some people's are.</summary>
    public float[] Photo(SyntheticPerson person) =>
        Add(person.Face, Point(PhotoSpectrum, Math.Sqrt(Within) * Spread(0.28) * person.Scatter));

    private static double[] Spectrum(double decay)
    {
        var parts = Enumerable.Range(0, Dimension).Select(i => Math.Exp(-i / decay)).ToArray();
        return [.. parts.Select(part => Math.Sqrt(part / parts.Sum()))];
    }

    // What changes between photos isn't what people differ in.
    private static double[] Shuffled(double[] spectrum)
    {
        new Random(5).Shuffle(spectrum);
        return spectrum;
    }

    private static float[] Add(float[] one, float[] other)
    {
        var sum = new float[Dimension];
        TensorPrimitives.Add(one, other, sum);
        return sum;
    }

    private float[] OfGroup(double? density)
    {
        var place = _random.NextDouble();
        var group = Array.Find(_groups, one => place <= one.Upto) is { Centre: not null } found ? found : _groups[^1];
        return Add(group.Centre, Point(_spectrum, Math.Sqrt(Shape.Between * (1 - _shape.Groups)) * (density ?? group.Density)));
    }

    private float[] Point(double[] spectrum, double length)
    {
        var point = new float[Dimension];
        for (var i = 0; i < Dimension; i += 2)
        {
            var (sine, cosine) = MathF.SinCos(2 * MathF.PI * _random.NextSingle());
            var radius = (float)length * MathF.Sqrt(-2 * MathF.Log(1 - _random.NextSingle()));
            point[i] = (float)spectrum[i] * radius * sine;
            point[i + 1] = (float)spectrum[i + 1] * radius * cosine;
        }

        return point;
    }

    private double Spread(double deviation) => Math.Exp((deviation * Normal()) - (deviation * deviation));

    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    private sealed record Shape(double Groups, double DensitySpread, double Doppelgangers, double Scale, double Decay)
    {
        public const double Between = 0.32;
    }
}

/// <summary>Somebody, and how much their photos differ.</summary>
internal sealed record SyntheticPerson(float[] Face, double Scatter);

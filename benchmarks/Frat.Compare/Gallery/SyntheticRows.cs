using System.Runtime.InteropServices;

namespace Frat.Compare.Gallery;

/// <summary>Encodings that are spread as dlib's are, in files that both sides read: so both search the same numbers.</summary>
internal static class SyntheticRows
{
    public const int Dimension = 128;

    // dlib's encodings: about 1.4 long; two photos of a person are about 0.4 apart, two people 0.8.
    private const double People = 0.56;
    private const double Photos = 0.28;

    /// <summary>Writes a row for each person.</summary>
    public static void WriteRows(string path, int people)
    {
        using var file = File.Create(path);
        for (var person = 0; person < people; person++)
        {
            file.Write(MemoryMarshal.AsBytes<float>(Photo(person, photo: 0)));
        }
    }

    /// <summary>Writes probes: every other one is another photo of somebody, the others are strangers.</summary>
    public static void WriteProbes(string path, int people, int probes)
    {
        using var file = File.Create(path);
        for (var i = 0; i < probes; i++)
        {
            var person = i % 2 == 0 ? (int)((long)i * people / probes) : people + i;
            file.Write(MemoryMarshal.AsBytes<float>(Photo(person, photo: 1)));
        }
    }

    private static float[] Photo(int person, int photo)
    {
        var values = new float[Dimension];
        Add(values, new Random(person), People);
        Add(values, new Random((photo << 28) ^ person ^ 0x5EED), Photos);
        return values;
    }

    private static void Add(float[] values, Random random, double length)
    {
        var step = length / Math.Sqrt(Dimension);
        for (var i = 0; i < values.Length; i += 2)
        {
            // Box and Muller's normal numbers.
            var (radius, angle) = (Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * step, 2 * Math.PI * random.NextDouble());
            values[i] += (float)(radius * Math.Cos(angle));
            values[i + 1] += (float)(radius * Math.Sin(angle));
        }
    }
}

using System.Numerics.Tensors;

namespace Frat;

/// <summary>Who is enrolled with which photos, who comes to the door, and which strangers do. Drawn by the seed.</summary>
internal sealed class IdentificationDraw
{
    // Of one person: in public sets, some have hundreds of photos and would decide alone.
    private const int MostProbesOfAPerson = 3;

    private IdentificationDraw(
        IReadOnlyList<EnrolledPerson> enrolled,
        IReadOnlyList<(int Person, FaceEncoding Encoding)> probes,
        IReadOnlyList<Stranger> strangers) =>
        (Enrolled, Probes, Strangers) = (enrolled, probes, strangers);

    public IReadOnlyList<EnrolledPerson> Enrolled { get; }

    /// <summary>Probes of the enrolled: the index of the person, and the mean of the frames.</summary>
    public IReadOnlyList<(int Person, FaceEncoding Encoding)> Probes { get; }

    public IReadOnlyList<Stranger> Strangers { get; }

    /// <summary>
    /// Enrols everybody with photos enough for templates and one probe; all others are strangers. Where these are few, half of the first
    /// become strangers too.
    /// </summary>
    public static IdentificationDraw Of(IReadOnlyList<EvaluationPhoto> photos, EvaluationOptions options)
    {
        var random = new Random(options.Seed);
        var people = photos.GroupBy(photo => photo.Person).OrderBy(person => person.Key, StringComparer.Ordinal)
            .Select(person => Resampling.Shuffle(person.OrderBy(photo => photo.Name, StringComparer.Ordinal), random)).ToList();

        var able = people.Where(CanEnrol).ToList();
        var others = people.Where(person => person.Count >= options.FramesPerProbe && !CanEnrol(person)).ToList();
        if (others.Count * 4 < able.Count)
        {
            able = Resampling.Shuffle(able, random);
            others.AddRange(able[(able.Count / 2)..]);
            able.RemoveRange(able.Count / 2, able.Count - (able.Count / 2));
        }

        var enrolled = new List<EnrolledPerson>();
        var probes = new List<(int, FaceEncoding)>();
        foreach (var person in able)
        {
            probes.AddRange(person.Skip(options.TemplatesPerPerson).Chunk(options.FramesPerProbe)
                .Where(frames => frames.Length == options.FramesPerProbe)
                .Take(MostProbesOfAPerson)
                .Select(frames => (enrolled.Count, MeanOf(frames))));
            enrolled.Add(new EnrolledPerson(
                person[0].Person, person[0].Group, [.. person.Take(options.TemplatesPerPerson).Select(photo => photo.Encoding!)]));
        }

        return new IdentificationDraw(
            enrolled,
            probes,
            [.. others.Select(person => new Stranger(
                person[0].Person, person[0].Group, MeanOf([.. person.Take(options.FramesPerProbe)])))]);

        bool CanEnrol(List<EvaluationPhoto> person) => person.Count >= options.TemplatesPerPerson + options.FramesPerProbe;
    }

    /// <summary>The mean of photos that have encodings.</summary>
    public static FaceEncoding MeanOf(IEnumerable<EvaluationPhoto> photos) => MeanOf([.. photos.Select(photo => photo.Encoding!)]);

    public static FaceEncoding MeanOf(IReadOnlyList<FaceEncoding> encodings)
    {
        if (encodings.Count == 1)
        {
            return encodings[0];
        }

        var mean = new float[encodings[0].Dimension];
        foreach (var encoding in encodings)
        {
            TensorPrimitives.Add(mean, encoding.Values, mean);
        }

        TensorPrimitives.Divide(mean, encodings.Count, mean);
        return new FaceEncoding(encodings[0].EncoderId, mean);
    }
}

/// <summary>Somebody of the set who is enrolled.</summary>
internal sealed record EnrolledPerson(string Name, string? Group, IReadOnlyList<FaceEncoding> Templates);

/// <summary>Somebody of the set who isn't.</summary>
internal sealed record Stranger(string Name, string? Group, FaceEncoding Encoding);

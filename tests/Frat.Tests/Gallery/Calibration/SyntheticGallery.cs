namespace Frat.Tests.Gallery.Calibration;

/// <summary>A calibrated gallery of synthetic people, and what strangers and its people get at its door.</summary>
internal sealed class SyntheticGallery
{
    private static readonly FaceEncoderInfo Encoder = new()
    {
        Id = "synthetic",
        Dimension = SyntheticFaces.Dimension,
        RecommendedMaxDistance = 0.6f,
        ImpostorDistance = 1.0f,
        FalseMatchRate = 0.001f,
    };

    private readonly SyntheticFaces _faces;
    private readonly SharedGallery _shared;
    private readonly List<(Person Person, float[] Face)> _people = [];

    public SyntheticGallery(int seed, int people, int templates, double target, bool areAlike = false)
    {
        _faces = new SyntheticFaces(seed, areAlike);
        var coder = new RowCoder(Encoder.Dimension, Encoder.Metric);
        _shared = new SharedGallery(coder);
        var photos = new SharedGallery(coder);
        var written = new GalleryPeople(_shared.Rows, photos.Rows);
        var fuser = new TemplateFuser(TemplateFusion.Clusters, Encoder);
        var random = new Random(seed);
        for (var i = 0; i < people; i++)
        {
            var id = new byte[16];
            random.NextBytes(id);
            var person = new Person { Id = new Guid(id), EmployeeId = $"{i}", Name = $"{i}", EnrolledAt = default };
            var face = _faces.Person();
            var enrolled = Enumerable.Range(0, templates).Select(_ => _faces.Photo(face)).ToList();
            written.Set(person, fuser.Fuse(enrolled), enrolled);
            _people.Add((person, face));
        }

        _shared.Publish();
        photos.Publish();
        Calibration = new GalleryCalibrator(Encoder, target).Calibrate(_shared.Current, photos.Current);
    }

    public GalleryCalibration Calibration { get; }

    /// <summary>The margin, in distance, by which each of some strangers is within the limit; and the distance itself.</summary>
    public List<(double Within, double Distance)> Strangers(int count) =>
        [.. Enumerable.Range(0, count).Select(_ => Score(_faces.Photo(_faces.Person()))).Select(score =>
            ((double)score.Limit - score.Distance, (double)score.Distance))];

    /// <summary>The same of the people, each with a new photo; negative infinity where somebody else is found.</summary>
    public List<(double Within, double Distance)> Own(int count) =>
        [.. _people.Take(count).Select(own => (own.Person, Score: Score(_faces.Photo(own.Face)))).Select(own =>
            own.Score.Person == own.Person
                ? ((double)own.Score.Limit - own.Score.Distance, (double)own.Score.Distance)
                : (double.NegativeInfinity, double.PositiveInfinity))];

    private GalleryScore Score(float[] photo) =>
        _shared.Read(snapshot => GalleryScores.Of(snapshot, Calibration, new FaceEncoding(Encoder.Id, photo)))!;
}

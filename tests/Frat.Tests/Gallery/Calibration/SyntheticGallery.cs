namespace Frat.Tests.Gallery.Calibration;

/// <summary>A calibrated gallery of synthetic people, and what strangers and its people get at its door.</summary>
internal sealed class SyntheticGallery
{
    public static readonly FaceEncoderInfo Encoder = new()
    {
        Id = "synthetic", Dimension = SyntheticFaces.Dimension, RecommendedMaxDistance = 0.6f,
    };

    private readonly SyntheticFaces _faces;
    private readonly SharedGallery _shared;
    private readonly SharedGallery _photos;
    private readonly List<(Person Person, SyntheticPerson Face)> _people = [];

    public SyntheticGallery(int seed, Population population, int people, int templates, int twice = 0)
    {
        _faces = new SyntheticFaces(seed, population);
        var coder = new RowCoder(Encoder.Dimension, Encoder.Metric);
        (_shared, _photos) = (new SharedGallery(coder), new SharedGallery(coder));
        var written = new GalleryPeople(_shared.Rows, _photos.Rows);
        var fuser = new TemplateFuser(TemplateFusion.Clusters, Encoder);
        var random = new Random(seed);
        for (var i = 0; i < people; i++)
        {
            var id = new byte[16];
            random.NextBytes(id);
            var person = new Person { Id = new Guid(id), EmployeeId = $"{i}", Name = $"{i}", EnrolledAt = default };
            var face = i % 2 == 1 && i < 2 * twice ? _people[i - 1].Face : _faces.Person();
            var enrolled = Enumerable.Range(0, templates).Select(_ => _faces.Photo(face)).ToList();
            written.Set(person, fuser.Fuse(enrolled), enrolled);
            _people.Add((person, face));
        }

        _shared.Publish();
        _photos.Publish();
    }

    public GalleryCalibration Calibrate(double target) =>
        new GalleryCalibrator(Encoder, target).Calibrate(_shared.Current, _photos.Current);

    /// <summary>What some strangers are scored, with a photo each, or the mean of several.</summary>
    public List<GalleryScore> Strangers(int count, GalleryCalibration calibration, int frames = 1) =>
        [.. Enumerable.Range(0, count).Select(_ => _faces.Person()).Select(stranger => Score(Probe(stranger, frames), calibration))];

    /// <summary>The same of people, each with a new photo; null where somebody else is found.</summary>
    public List<GalleryScore?> Own(int count, GalleryCalibration calibration) =>
        [.. _people.Take(count).Select(own => (own.Person, Score: Score(_faces.Photo(own.Face), calibration)))
            .Select(own => own.Score.Person == own.Person ? own.Score : null)];

    private float[] Probe(SyntheticPerson person, int frames)
    {
        var photos = Enumerable.Range(0, frames).Select(_ => _faces.Photo(person)).ToList();
        return [.. Enumerable.Range(0, SyntheticFaces.Dimension).Select(i => photos.Average(photo => photo[i]))];
    }

    private GalleryScore Score(float[] photo, GalleryCalibration calibration) =>
        _shared.Read(snapshot => GalleryScores.Of(snapshot, Encoder, calibration, photo))!;
}

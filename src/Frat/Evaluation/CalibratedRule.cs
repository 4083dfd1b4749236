namespace Frat;

/// <summary>What a host decides by: scaled distances, and the limit that the gallery finds for itself.</summary>
internal sealed class CalibratedRule : IEvaluationRule, IDisposable
{
    private readonly FaceEncoderInfo _encoder;
    private readonly SharedGallery _people;
    private readonly SharedGallery _photos;
    private readonly Dictionary<double, GalleryCalibration> _calibrations = [];
    private readonly GalleryCalibration _first;

    public CalibratedRule(
        IReadOnlyList<EnrolledPerson> enrolled, FaceEncoderInfo encoder, IReadOnlyList<double> rates, TemplateFusion fusion = default)
    {
        _encoder = encoder;
        var coder = new RowCoder(encoder.Dimension, encoder.Metric);
        (_people, _photos) = (new SharedGallery(coder), new SharedGallery(coder));
        var written = new GalleryPeople(_people.Rows, _photos.Rows);
        var fuser = new TemplateFuser(fusion, encoder);
        foreach (var (i, one) in enrolled.Index())
        {
            var templates = one.Templates.Select(template => template.Values.ToArray()).ToList();
            var person = new Person { Id = IdOf(i), EmployeeId = $"{i}", Name = one.Name, EnrolledAt = default };
            written.Set(person, fuser.Fuse(templates), templates);
        }

        _people.Publish();
        _photos.Publish();
        foreach (var rate in rates)
        {
            _calibrations[rate] = new GalleryCalibrator(encoder, rate).Calibrate(_people.Current, _photos.Current);
        }

        _first = _calibrations[rates[0]];
    }

    public string Name => "calibrated";

    /// <summary>Whether there are people enough for a limit of their own.</summary>
    public bool IsOfGallery => _first.Limit is not null;

    // Scores of small galleries are how far a distance is beyond their fixed limit.
    public float? LimitFor(double rate) => (float)(_calibrations[rate].Limit ?? 0);

    public RuleMatch Find(FaceEncoding probe) => Find(probe, except: null);

    /// <summary>Finds the best person but for one.</summary>
    public RuleMatch Find(FaceEncoding probe, int? except)
    {
        var found = _people.Read(snapshot => GalleryScores.Of(
            snapshot, _encoder, _first, probe.Values.ToArray(), except is { } index ? IdOf(index) : null));
        return found is null ? RuleMatch.Nobody : new RuleMatch(
            IndexOf(found.Person.Id), (float)(found.Distance - found.Limit + (_first.Limit ?? 0)), found.Distance);
    }

    public void Dispose()
    {
        _people.Replace(_people.NewRows());
        _photos.Replace(_photos.NewRows());
    }

    private static Guid IdOf(int index) => new(index, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    private static int IndexOf(Guid id) => BitConverter.ToInt32(id.ToByteArray());
}

namespace Frat;

/// <summary>
/// The gallery's limit as its people change. It is found anew after a twentieth of them has changed, so a change costs about the same in a
/// gallery of any size. One thread changes it; any may read it.
/// </summary>
internal sealed class FollowedCalibration(FaceEncoderInfo encoder, double target)
{
    private const int Part = 20;

    private readonly GalleryCalibrator? _calibrator = target > 0 ? new GalleryCalibrator(encoder, target) : null;
    private GalleryCalibration? _current;
    private int _changes;

    /// <summary>The limit; null where no share of strangers is asked for.</summary>
    public GalleryCalibration? Current => Volatile.Read(ref _current);

    /// <summary>Notes that one person has changed.</summary>
    public void Follow(SharedGallery people, SharedGallery photos)
    {
        if (++_changes * Part >= people.Current.People)
        {
            Renew(people, photos);
        }
    }

    /// <summary>Finds the limit anew.</summary>
    public void Renew(SharedGallery people, SharedGallery photos)
    {
        _changes = 0;
        if (_calibrator is not null)
        {
            Volatile.Write(ref _current, people.Read(rows => photos.Read(some => _calibrator.Calibrate(rows, some))));
        }
    }
}

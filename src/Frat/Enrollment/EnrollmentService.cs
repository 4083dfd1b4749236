using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Frat;

/// <summary>Enrols people: photo, face, quality gate, store, gallery. Nothing of a photo is kept but its encoding.</summary>
/// <remarks>Thread-safe; one instance serves the process.</remarks>
public sealed class EnrollmentService
{
    private readonly FaceFinder _finder;
    private readonly IEncodingStore _store;
    private readonly FaceGallery _gallery;
    private readonly FratOptions _options;
    private readonly FratTelemetry _telemetry;
    private readonly TimeProvider _time;
    private readonly ILogger<EnrollmentService> _logger;

    internal EnrollmentService(
        FaceFinder finder,
        IEncodingStore store,
        FaceGallery gallery,
        IOptions<FratOptions> options,
        FratTelemetry telemetry,
        TimeProvider time,
        ILogger<EnrollmentService> logger)
    {
        _finder = finder;
        _store = store;
        _gallery = gallery;
        _options = options.Value;
        _telemetry = telemetry;
        _time = time;
        _logger = logger;
    }

    /// <summary>Enrols a person, so that the next check-in knows them.</summary>
    /// <param name="request">Whom.</param>
    /// <param name="cancellationToken">Gives up; the person is then enrolled whole or not at all.</param>
    /// <returns>The person, or what was wrong with the request.</returns>
    /// <exception cref="ArgumentException">The note or the consent has a text that is empty or too long.</exception>
    /// <exception cref="InvalidFaceImageException">A photo is no image that can be read.</exception>
    /// <exception cref="ModelFileException">A model file of the encoder is missing or damaged.</exception>
    /// <exception cref="EncodingStoreException">The store failed; nobody was enrolled.</exception>
    public async Task<EnrollmentResult> EnrollAsync(EnrollmentRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var result = await TryEnrollAsync(request, cancellationToken).ConfigureAwait(false);
        _telemetry.Enrollment(result.Outcome);
        return result;
    }

    /// <summary>Looks at a photo as an enrolment would, and stores nothing.</summary>
    /// <param name="photo">An image file. Borrowed until the call completes.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The verdict and the faces.</returns>
    /// <exception cref="InvalidFaceImageException">The photo is no image that can be read.</exception>
    /// <exception cref="ModelFileException">A model file of the encoder is missing or damaged.</exception>
    public async Task<PhotoAssessment> AssessAsync(ReadOnlyMemory<byte> photo, CancellationToken cancellationToken = default)
    {
        var (width, height, faces) = await _finder.FindAsync(photo, cancellationToken).ConfigureAwait(false);
        return new PhotoAssessment(PhotoGate.Judge(faces, _options), width, height, faces);
    }

    private static EnrollmentResult Refuse(EnrollmentOutcome outcome) => new() { Outcome = outcome };

    private async Task<EnrollmentResult> TryEnrollAsync(EnrollmentRequest request, CancellationToken cancellationToken)
    {
        var (name, employeeId) = (Person.Normalize(request.Name), Person.Normalize(request.EmployeeId));
        if (!Person.IsName(name))
        {
            return Refuse(EnrollmentOutcome.InvalidName);
        }

        if (!Person.IsEmployeeId(employeeId))
        {
            return Refuse(EnrollmentOutcome.InvalidEmployeeId);
        }

        if (request.Photos.Count is 0 or > EnrollmentRequest.MaxPhotos)
        {
            return Refuse(EnrollmentOutcome.InvalidPhotoCount);
        }

        // Before a photo is looked at: without a consent that is nobody's business.
        if (request.Consent?.IsInForceAt(_time.GetUtcNow()) != true)
        {
            return Refuse(EnrollmentOutcome.ConsentRequired);
        }

        var templates = new List<NewTemplate>(request.Photos.Count);
        for (var i = 0; i < request.Photos.Count; i++)
        {
            var photo = await AssessAsync(request.Photos[i], cancellationToken).ConfigureAwait(false);
            if (photo.Verdict != PhotoVerdict.Good)
            {
                return new EnrollmentResult { Outcome = EnrollmentOutcome.PhotoRefused, Photo = photo, PhotoIndex = i };
            }

            templates.Add(new NewTemplate { Encoding = photo.Faces[0].Encoding, Quality = photo.Faces[0].Quality });
        }

        if (!AreOnePerson(templates))
        {
            return Refuse(EnrollmentOutcome.DifferentPeople);
        }

        // The store alone decides whether the ID is free: a check before would race with another enrolment.
        var enrollment = new Enrollment
        {
            EmployeeId = employeeId, Name = name, Templates = templates, Consent = request.Consent, Note = request.Note,
        };
        var receipt = await _store.EnrollAsync(enrollment, cancellationToken).ConfigureAwait(false);
        if (!receipt.Created)
        {
            return Refuse(EnrollmentOutcome.EmployeeIdTaken);
        }

        try
        {
            // The person is stored: whoever gives up now must not leave this process's gallery behind.
            await _gallery.RefreshAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (EncodingStoreException exception)
        {
            // Enrolled all the same: the gallery hears of it as it hears of what other processes do.
            _logger.EnrolledBeforeTheGallery(exception);
        }

        return new EnrollmentResult { Outcome = EnrollmentOutcome.Enrolled, Person = receipt.Person };
    }

    private bool AreOnePerson(List<NewTemplate> templates)
    {
        var maxDistance = _options.MaxDistanceFor(_finder.Encoder);
        return templates.Skip(1).All(template => _finder.Encoder.Distance(templates[0].Encoding, template.Encoding) <= maxDistance);
    }
}

using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;

namespace Frat;

/// <summary>Enrols people: photo, face, quality gate, look for a like face, store, gallery. Of a photo, only the face's encoding
/// and quality are kept.</summary>
/// <remarks>
/// Thread-safe; one instance serves the process. Two enrolments of one face at the same moment are told in one process; in two processes on
/// one database, each may find nobody like it, and both pass. The store keeps faces apart by nothing but who they were enrolled as: a like
/// face is no error there. People who are not active, and who have no template, are not compared.
/// </remarks>
public sealed class EnrollmentService : IDisposable
{
    // From the look for a like face until the person is in the gallery, where the next look finds them.
    private readonly SemaphoreSlim _storing = new(1, 1);
    private readonly FaceFinder _finder;
    private readonly IPersonStore _people;
    private readonly IAuditTrail _audit;
    private readonly FaceGallery _gallery;
    private readonly FratOptions _options;
    private readonly FratTelemetry _telemetry;
    private readonly TimeProvider _time;

    internal EnrollmentService(
        FaceFinder finder,
        IPersonStore people,
        IAuditTrail audit,
        FaceGallery gallery,
        IOptions<FratOptions> options,
        FratTelemetry telemetry,
        TimeProvider time)
    {
        _finder = finder;
        _people = people;
        _audit = audit;
        _gallery = gallery;
        _options = options.Value;
        _telemetry = telemetry;
        _time = time;
    }

    /// <summary>Enrols a person, so that the next check-in knows them.</summary>
    /// <param name="request">Whom.</param>
    /// <param name="cancellationToken">Gives up; the person is then enrolled whole or not at all.</param>
    /// <returns>The person, or what was wrong with the request.</returns>
    /// <exception cref="ArgumentException">The note, the consent or the override has a text that is empty or too long.</exception>
    /// <exception cref="InvalidFaceImageException">A photo is no image that can be read.</exception>
    /// <exception cref="ModelFileException">A model file of the encoder is missing or damaged.</exception>
    /// <exception cref="StoreException">The store failed; nobody was enrolled.</exception>
    public async Task<EnrollmentResult> EnrollAsync(EnrollmentRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.DuplicateOverride is { } given)
        {
            CheckText(given.By, AuditNote.MaxByLength);
            CheckText(given.Reason, AuditNote.MaxReasonLength);
        }

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
        var (width, height, faces) = await _finder.FindAsync(photo, WorkKind.Photo, cancellationToken).ConfigureAwait(false);
        return new PhotoAssessment(PhotoGate.Judge(faces, _options), width, height, faces);
    }

    /// <inheritdoc/>
    public void Dispose() => _storing.Dispose();

    private static void CheckText(string? text, int longest, [CallerArgumentExpression(nameof(text))] string? name = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text, name);
        if (text.Length > longest)
        {
            throw new ArgumentException($"The text has {text.Length} characters; {longest} is the most.", name);
        }
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

        var enrollment = new Enrollment
        {
            EmployeeId = employeeId, Name = name, Templates = templates, Consent = request.Consent, Note = request.Note,
        };
        await _storing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await StoreAsync(enrollment, request.DuplicateOverride, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _storing.Release();
        }
    }

    private async Task<EnrollmentResult> StoreAsync(Enrollment enrollment, DuplicateOverride? given, CancellationToken cancellationToken)
    {
        // So that nobody is told of a like face whose own ID it is. Whether the ID is free, the store alone decides: this look races with
        // other enrolments.
        if (await _people.FindAsync(enrollment.EmployeeId, cancellationToken).ConfigureAwait(false) is not null)
        {
            return Refuse(EnrollmentOutcome.EmployeeIdTaken);
        }

        var duplicate = await FindDuplicateAsync(enrollment.Templates, cancellationToken).ConfigureAwait(false);
        if (duplicate is { Person.EmployeeId: var holder } && holder == enrollment.EmployeeId)
        {
            return Refuse(EnrollmentOutcome.EmployeeIdTaken); // Another process enrolled them just now.
        }

        if (duplicate is not null && given is null)
        {
            // Before it is answered: whoever asks whose a face is leaves a trace.
            var refused = new AuditEvent { Action = AuditActions.DuplicateRefused, PersonId = duplicate.Person.Id, Note = enrollment.Note };
            await _audit.AppendAsync(refused, cancellationToken).ConfigureAwait(false);
            return new EnrollmentResult { Outcome = EnrollmentOutcome.DuplicateFace, Duplicate = duplicate };
        }

        enrollment = duplicate is null ? enrollment : enrollment with
        {
            AcceptedDuplicate = new AcceptedDuplicate(duplicate.Person.Id, new AuditNote(given!.By, given.Reason)),
        };
        var receipt = await _people.EnrollAsync(enrollment, cancellationToken).ConfigureAwait(false);
        if (!receipt.Created)
        {
            return Refuse(EnrollmentOutcome.EmployeeIdTaken);
        }

        await _gallery.CatchUpAsync().ConfigureAwait(false);
        return new EnrollmentResult { Outcome = EnrollmentOutcome.Enrolled, Person = receipt.Person, Duplicate = duplicate };
    }

    /// <summary>The nearest person to any of the templates, where a check-in would take one for the other.</summary>
    private async Task<DuplicateFace?> FindDuplicateAsync(IReadOnlyList<NewTemplate> templates, CancellationToken cancellationToken)
    {
        await _gallery.RefreshAsync(cancellationToken).ConfigureAwait(false);
        DuplicateFace? nearest = null;
        foreach (var template in templates)
        {
            var match = await _gallery.FindNearestAsync(template.Encoding, cancellationToken).ConfigureAwait(false);
            if (match is { } found && found.Distance <= _options.MaxDistanceFor(_finder.Encoder) && !(found.Distance >= nearest?.Distance))
            {
                nearest = new DuplicateFace(found.Person, found.Distance);
            }
        }

        return nearest;
    }

    private bool AreOnePerson(List<NewTemplate> templates)
    {
        var maxDistance = _options.MaxDistanceFor(_finder.Encoder);
        return templates.Skip(1).All(template => _finder.Encoder.Distance(templates[0].Encoding, template.Encoding) <= maxDistance);
    }
}

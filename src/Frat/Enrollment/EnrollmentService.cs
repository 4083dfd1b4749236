using Microsoft.Extensions.Logging;

namespace Frat;

/// <inheritdoc/>
internal sealed class EnrollmentService(
    PhotoReader photos,
    LikeFaces likeFaces,
    IPersonStore people,
    IConsentStore consents,
    IEncodingStore encodings,
    FaceGallery gallery,
    FratInstruments telemetry,
    TimeProvider time,
    ILogger<EnrollmentService> logger,
    SecondEncoder? second = null) : IEnrollmentService, IDisposable
{
    // From the look for a like face until the person is in the gallery, where the next look finds them.
    private readonly SemaphoreSlim _storing = new(1, 1);

    public async Task<EnrollmentResult> EnrollAsync(EnrollmentRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        AuditNote.ThrowIfInvalid(request.Note);
        request.DuplicateOverride?.Check();
        var result = await TryEnrollAsync(request, cancellationToken).ConfigureAwait(false);
        telemetry.Enrollment(result.Outcome.ToString());
        return result;
    }

    public async Task<EnrollmentResult> AddPhotosAsync(AddPhotosRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        AuditNote.ThrowIfInvalid(request.Note);
        request.DuplicateOverride?.Check();
        var result = await TryAddAsync(request, cancellationToken).ConfigureAwait(false);
        telemetry.Enrollment(result.Outcome.ToString());
        return result;
    }

    public Task<PhotoAssessment> AssessAsync(FaceImage photo, CancellationToken cancellationToken = default) =>
        photos.AssessAsync(photo, cancellationToken);

    public void Dispose() => _storing.Dispose();

    private static EnrollmentResult Refuse(EnrollmentOutcome outcome) => new() { Outcome = outcome };

    private static bool IsCount(IReadOnlyList<FaceImage> photos) => photos.Count is > 0 and <= EnrollmentRequest.MaxPhotos;

    private async Task<EnrollmentResult> TryEnrollAsync(EnrollmentRequest request, CancellationToken cancellationToken)
    {
        var (name, employeeId) = (Person.Normalize(request.Name), Person.Normalize(request.EmployeeId));
        var refusal = !Person.IsName(name) ? EnrollmentOutcome.InvalidName
            : !Person.IsEmployeeId(employeeId) ? EnrollmentOutcome.InvalidEmployeeId
            : !IsCount(request.Photos) ? EnrollmentOutcome.InvalidPhotoCount

            // Before a photo is looked at: without a consent, nobody may.
            : request.Consent?.IsInForceAt(time.GetUtcNow()) != true ? EnrollmentOutcome.ConsentRequired
            : (EnrollmentOutcome?)null;
        if (refusal is { } outcome)
        {
            return Refuse(outcome);
        }

        var (templates, refused) = await photos.ReadAsync(request.Photos, cancellationToken).ConfigureAwait(false);
        if (refused is not null)
        {
            return refused;
        }

        var enrollment = new Enrollment
        {
            EmployeeId = employeeId,
            Name = name,
            Templates = templates.Of,
            Consent = request.Consent,
            FirstDay = request.FirstDay,
            LastDay = request.LastDay,
            Note = request.Note,
        };
        var result = await StoringAsync(() => StoreAsync(enrollment, request.DuplicateOverride, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        return await WithOthersAsync(result, templates, request.Note, cancellationToken).ConfigureAwait(false);
    }

    private async Task<EnrollmentResult> StoreAsync(Enrollment enrollment, DuplicateOverride? given, CancellationToken cancellationToken)
    {
        // So that nobody is told of a like face whose own ID it is. Whether the ID is free, the store alone decides: this look races with
        // other enrollments.
        if (await people.FindAsync(enrollment.EmployeeId, cancellationToken).ConfigureAwait(false) is not null)
        {
            return Refuse(EnrollmentOutcome.EmployeeIdTaken);
        }

        var alike = await likeFaces.FindAsync(enrollment.Templates, owner: null, cancellationToken).ConfigureAwait(false);
        if (alike.Any(one => one.Person.EmployeeId == enrollment.EmployeeId))
        {
            return Refuse(EnrollmentOutcome.EmployeeIdTaken); // Another process enrolled them just now.
        }

        if (alike.Count > 0 && given is null)
        {
            return await likeFaces.RefuseAsync(alike, enrollment.Note, cancellationToken).ConfigureAwait(false);
        }

        enrollment = alike.Count == 0 ? enrollment : enrollment with
        {
            AcceptedDuplicate = new AcceptedDuplicate { PersonId = alike[0].Person.Id, Note = given!.ToNote() },
        };
        var receipt = await people.EnrollAsync(enrollment, cancellationToken).ConfigureAwait(false);
        if (!receipt.Created)
        {
            return Refuse(EnrollmentOutcome.EmployeeIdTaken);
        }

        await gallery.CatchUpAsync().ConfigureAwait(false);
        return Enrolled(receipt.Person, alike);
    }

    private async Task<EnrollmentResult> TryAddAsync(AddPhotosRequest request, CancellationToken cancellationToken)
    {
        if (!IsCount(request.Photos))
        {
            return Refuse(EnrollmentOutcome.InvalidPhotoCount);
        }

        if (await people.FindAsync(request.PersonId, cancellationToken).ConfigureAwait(false) is not { } person)
        {
            return Refuse(EnrollmentOutcome.UnknownPerson);
        }

        var now = time.GetUtcNow();
        var isGiven = request.Consent is { } given
            ? given.IsInForceAt(now)
            : (await consents.ListAsync(person.Id, cancellationToken).ConfigureAwait(false)).Any(consent => consent.IsInForceAt(now));
        if (!isGiven)
        {
            return Refuse(EnrollmentOutcome.ConsentRequired);
        }

        var (templates, refused) = await photos.ReadAsync(request.Photos, cancellationToken).ConfigureAwait(false);
        if (refused is not null)
        {
            return refused;
        }

        var result = await StoringAsync(() => AddAsync(request, person, templates.Of, cancellationToken), cancellationToken)
            .ConfigureAwait(false);
        return await WithOthersAsync(result, templates, request.Note, cancellationToken).ConfigureAwait(false);
    }

    private async Task<EnrollmentResult> AddAsync(
        AddPhotosRequest request, Person person, IReadOnlyList<NewTemplate> templates, CancellationToken cancellationToken)
    {
        if (await likeFaces.FindStrangerAsync(person.Id, templates, cancellationToken).ConfigureAwait(false) is { } stranger)
        {
            return Refuse(EnrollmentOutcome.DifferentPeople) with { PhotoIndex = stranger };
        }

        var alike = await likeFaces.FindAsync(templates, person.Id, cancellationToken).ConfigureAwait(false);
        if (alike.Count > 0 && request.DuplicateOverride is null)
        {
            return await likeFaces.RefuseAsync(alike, request.Note, cancellationToken).ConfigureAwait(false);
        }

        if (request.Consent is { } consent
            && !await consents.RecordAsync(person.Id, consent, request.Note, cancellationToken).ConfigureAwait(false))
        {
            return Refuse(EnrollmentOutcome.UnknownPerson); // Forgotten in the meantime.
        }

        if (alike.Count > 0)
        {
            await likeFaces.AcceptAsync(alike[0], person.Id, request.DuplicateOverride!, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            if (await encodings.AddAsync(person.Id, templates, request.Note, cancellationToken).ConfigureAwait(false) is null)
            {
                return Refuse(EnrollmentOutcome.UnknownPerson);
            }
        }
        catch (ConsentRequiredException)
        {
            return Refuse(EnrollmentOutcome.ConsentRequired); // Revoked, or at its term, in the meantime.
        }

        await gallery.CatchUpAsync().ConfigureAwait(false);
        return Enrolled(person, alike);
    }

    private EnrollmentResult Enrolled(Person person, IReadOnlyList<DuplicateFace> alike)
    {
        if (alike.Count > 1)
        {
            logger.LikeSeveralPeople(person.Id, alike.Count);
        }

        return new EnrollmentResult { Outcome = EnrollmentOutcome.Enrolled, Person = person, Alike = alike };
    }

    // The enrolment stands, whatever becomes of these.
    private async Task<EnrollmentResult> WithOthersAsync(
        EnrollmentResult result, PhotoTemplates templates, AuditNote note, CancellationToken cancellationToken)
    {
        if (second is null || result is not { Outcome: EnrollmentOutcome.Enrolled, Person: { } person })
        {
            return result;
        }

        if (templates.Others.Count < templates.Of.Count)
        {
            logger.SeenLessByTheSecondEncoder(second.Encoder.Info.Id, templates.Others.Count, templates.Of.Count);
        }

        try
        {
            if (templates.Others.Count > 0)
            {
                await encodings.AddAsync(person.Id, templates.Others, note, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is StoreException or ConsentRequiredException or OperationCanceledException)
        {
            logger.NotStoredOfTheSecondEncoder(second.Encoder.Info.Id, e);
        }

        return result;
    }

    private async Task<EnrollmentResult> StoringAsync(Func<Task<EnrollmentResult>> store, CancellationToken cancellationToken)
    {
        await _storing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await store().ConfigureAwait(false);
        }
        finally
        {
            _storing.Release();
        }
    }
}

using System.Globalization;
using System.Runtime.CompilerServices;

namespace Frat.Cli.People;

/// <summary>What became of a line.</summary>
internal enum PeopleImportOutcome
{
    Enrolled,

    /// <summary>Was enrolled before: this is where a run that was broken off goes on.</summary>
    AlreadyEnrolled,

    Refused,
}

/// <summary>What became of a line, and why.</summary>
internal sealed record PeopleImportResult(PeopleCsvRow Row, PeopleImportOutcome Outcome, string Reason = "");

/// <summary>What holds for every line that doesn't say otherwise.</summary>
internal sealed record PeopleImportOptions(
    string? ConsentVersion, string? AttestedBy, string Purpose, DateTimeOffset? ExpiresAt, int Workers);

/// <summary>Enrols people from a list and a folder of photos, several at a time.</summary>
internal sealed class PeopleImport(
    IEnrollmentService enrollment, IPersonStore people, PhotoFolder photos, PeopleImportOptions options, TimeProvider time) : IDisposable
{
    private readonly PhotoBudget _budget = new();
    private readonly Dictionary<string, int> _lines = new(StringComparer.Ordinal);

    /// <summary>Enrols them, and gives the results in the order of the lines.</summary>
    /// <exception cref="StoreException">The database failed; everybody of whom a result was given stays enrolled.</exception>
    public async IAsyncEnumerable<PeopleImportResult> RunAsync(
        IEnumerable<PeopleCsvRow> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var workers = new SemaphoreSlim(options.Workers);
        var window = options.Workers * 4;
        var started = new Queue<Task<PeopleImportResult>>(window);
        try
        {
            foreach (var row in rows)
            {
                if (started.Count == window)
                {
                    yield return await started.Dequeue().ConfigureAwait(false);
                }

                var problem = row.Problem ?? DuplicateOf(row);
                started.Enqueue(problem is null ? EnrollInTurnAsync(row, workers, stop.Token) : Task.FromResult(Refuse(row, problem)));
            }

            while (started.TryDequeue(out var next))
            {
                yield return await next.ConfigureAwait(false);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(started.ToArray<Task>()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public void Dispose() => _budget.Dispose();

    private static PeopleImportResult Refuse(PeopleCsvRow row, string reason) => new(row, PeopleImportOutcome.Refused, reason);

    private string? DuplicateOf(PeopleCsvRow row)
    {
        var employeeId = Person.Normalize(row.EmployeeId);
        return employeeId.Length == 0 || _lines.TryAdd(employeeId, row.Line)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"Line {_lines[employeeId]} has the same employee ID.");
    }

    private async Task<PeopleImportResult> EnrollInTurnAsync(PeopleCsvRow row, SemaphoreSlim workers, CancellationToken cancellationToken)
    {
        await workers.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await EnrollAsync(row, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Refuse(row, $"A photo can't be read: {e.Message}");
        }
        catch (OutOfMemoryException)
        {
            return Refuse(row, "There is not enough memory for a photo.");
        }
        finally
        {
            workers.Release();
        }
    }

    private async Task<PeopleImportResult> EnrollAsync(PeopleCsvRow row, CancellationToken cancellationToken)
    {
        var employeeId = Person.Normalize(row.EmployeeId);
        if (Person.IsEmployeeId(employeeId) && await people.FindAsync(employeeId, cancellationToken).ConfigureAwait(false) is { } known)
        {
            return new(
                row,
                PeopleImportOutcome.AlreadyEnrolled,
                known.Name == Person.Normalize(row.Name) ? "" : $"As '{known.Name}', which stays.");
        }

        if (row.Photos.Count == 0)
        {
            return Refuse(row, "No photo is named.");
        }

        if (ConsentOf(row, out var problem) is not { } consent)
        {
            return Refuse(row, problem!);
        }

        var files = new List<FileInfo>();
        foreach (var name in row.Photos)
        {
            if (photos.Find(name, out problem) is not { } file)
            {
                return Refuse(row, $"Photo '{Terminal.Excerpt(name)}': {problem}");
            }

            files.Add(file);
        }

        var units = await _budget.TakeAsync(files.Sum(file => file.Length), cancellationToken).ConfigureAwait(false);
        try
        {
            return await EnrollAsync(row, consent, files, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _budget.GiveBack(units);
        }
    }

    private async Task<PeopleImportResult> EnrollAsync(
        PeopleCsvRow row, Consent consent, List<FileInfo> files, CancellationToken cancellationToken)
    {
        var contents = new List<FaceImage>();
        foreach (var file in files)
        {
            contents.Add(await File.ReadAllBytesAsync(file.FullName, cancellationToken).ConfigureAwait(false));
        }

        var note = new AuditNote { By = consent.RecordedBy, Reason = "frat people import" };
        try
        {
            var result = await enrollment.EnrollAsync(
                new EnrollmentRequest
                {
                    EmployeeId = row.EmployeeId,
                    Name = row.Name,
                    Photos = contents,
                    Consent = consent,
                    Note = note,
                    DuplicateOverride = row.DuplicateReason.Length > 0
                        ? new DuplicateOverride { By = consent.RecordedBy, Reason = row.DuplicateReason }
                        : null,
                },
                cancellationToken).ConfigureAwait(false);
            return result.Outcome switch
            {
                EnrollmentOutcome.Enrolled when result.Alike.Count > 1 => new(
                    row,
                    PeopleImportOutcome.Enrolled,
                    $"{result.Alike.Count} people who are enrolled have a like face: check-ins may take them for one another."),
                EnrollmentOutcome.Enrolled => new(row, PeopleImportOutcome.Enrolled),
                EnrollmentOutcome.EmployeeIdTaken => new(row, PeopleImportOutcome.AlreadyEnrolled, "By somebody else, this very moment."),
                _ => Refuse(row, ImportReasons.Of(result, row)),
            };
        }
        catch (InvalidFaceImageException e)
        {
            return Refuse(row, $"A photo can't be read: {e.Message}");
        }
    }

    private Consent? ConsentOf(PeopleCsvRow row, out string? problem)
    {
        var columns = row.Consent;
        var version = columns.Version.Length > 0 ? columns.Version : options.ConsentVersion;
        var by = columns.AttestedBy.Length > 0 ? columns.AttestedBy : options.AttestedBy;
        var purpose = columns.Purpose.Length > 0 ? columns.Purpose : options.Purpose;
        var now = time.GetUtcNow();
        var (givenAt, expiresAt) = (DateOf(columns.GivenAt), DateOf(columns.ExpiresAt));
        problem = row.DuplicateReason.Length > 0 && !AuditNote.IsReason(row.DuplicateReason)
            ? $"The duplicate_reason is longer than {AuditNote.MaxReasonLength} characters, or has one that can't be shown."
            : version is null || by is null ? "No consent is attested: it needs a version and who attests it."
            : version.Length > Consent.MaxTextVersionLength
                || by.Length > Actor.MaxIdLength
                || purpose.Length > Consent.MaxPurposeLength ? "A text of the consent is too long."
            : columns.GivenAt.Length > 0 && givenAt is null ? "The date of the consent is not of the form YYYY-MM-DD."
            : columns.ExpiresAt.Length > 0 && expiresAt is null ? "The date on which the consent expires is not of the form YYYY-MM-DD."
            : givenAt > now ? "The consent is given in the future."
            : (expiresAt ?? options.ExpiresAt) <= now ? "The consent has expired."
            : null;
        return problem is not null
            ? null
            : new Consent
            {
                TextVersion = version!,
                Purpose = purpose,
                Basis = ConsentBasis.Attested,
                GivenAt = givenAt ?? now,
                ExpiresAt = expiresAt ?? options.ExpiresAt,
                RecordedBy = Actor.Claimed(by!),
            };
    }

    private static DateTimeOffset? DateOf(string text) => DateTimeOffset.TryParseExact(
        text,
        ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss'Z'"],
        CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal,
        out var date) ? date : null;
}

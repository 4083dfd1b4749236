namespace Frat.WebHost;

/// <summary>Who makes a change, and why.</summary>
/// <param name="By">Who, for the audit trail, where it stays for good. Default: `web`.</param>
/// <param name="Reason">Why, for the audit trail, where it stays for good.</param>
internal sealed record ChangeRequest(string? By = null, string? Reason = null);

/// <summary>Who asks for everything that is kept of a person, and why.</summary>
/// <param name="By">Who, for the audit trail, where it stays for good. Default: `web`.</param>
/// <param name="Reason">Why, for the audit trail, where it stays for good.</param>
/// <param name="Encodings">Adds the encodings: biometric data, and the person's own.</param>
internal sealed record ExportRequest(string? By = null, string? Reason = null, bool Encodings = false);

/// <summary>A consent to record.</summary>
/// <param name="Version">The version of the text, as `GET /api/v1/consent` gives it.</param>
/// <param name="Basis">How it is known: `given` here, or `attested`, such as on paper. Default: `attested`.</param>
/// <param name="GivenAt">When the person agreed; now when left out. Its term runs from there.</param>
/// <param name="By">Who records it. Default: `web`.</param>
/// <param name="Reason">Why, for the audit trail, where it stays for good.</param>
internal sealed record ConsentRequest(
    string? Version, ConsentBasis Basis = ConsentBasis.Attested, DateTimeOffset? GivenAt = null, string? By = null, string? Reason = null);

/// <summary>A consent that was recorded.</summary>
/// <param name="Id">The consent's id.</param>
/// <param name="Version">To which text the person agreed.</param>
/// <param name="Purpose">What the face may be used for.</param>
/// <param name="Basis">How it is known.</param>
/// <param name="GivenAt">When the person agreed.</param>
/// <param name="ExpiresAt">When it ends by itself; null when it holds until it is withdrawn.</param>
/// <param name="RecordedBy">Who recorded it.</param>
/// <param name="WithdrawnAt">When it was withdrawn; null while it wasn't.</param>
/// <param name="WithdrawnBy">Who recorded that it was withdrawn.</param>
/// <param name="InForce">Whether it holds now.</param>
internal sealed record RecordedConsentAnswer(
    Guid Id,
    string Version,
    string Purpose,
    ConsentBasis Basis,
    DateTimeOffset GivenAt,
    DateTimeOffset? ExpiresAt,
    string RecordedBy,
    DateTimeOffset? WithdrawnAt,
    string? WithdrawnBy,
    bool InForce)
{
    public static RecordedConsentAnswer Of(Consent consent, DateTimeOffset now) => new(
        consent.Id,
        consent.TextVersion,
        consent.Purpose,
        consent.Basis,
        consent.GivenAt,
        consent.ExpiresAt,
        consent.RecordedBy,
        consent.WithdrawnAt,
        consent.WithdrawnBy,
        consent.IsInForceAt(now));
}

/// <summary>What is shown of a template: never the encoding.</summary>
/// <param name="Id">The template's id.</param>
/// <param name="EncoderId">The encoder that made it.</param>
/// <param name="CreatedAt">When it was stored.</param>
/// <param name="CreatedBy">Who stored it.</param>
/// <param name="Quality">How well the face could be seen; null when it isn't known.</param>
internal sealed record TemplateAnswer(Guid Id, string EncoderId, DateTimeOffset CreatedAt, string CreatedBy, QualityAnswer? Quality)
{
    public static TemplateAnswer Of(TemplateInfo template) =>
        new(template.Id, template.EncoderId, template.CreatedAt, template.CreatedBy, QualityAnswer.Of(template.Quality));
}

/// <summary>How well a face could be seen.</summary>
/// <param name="EyeDistance">Between the eyes, in pixels.</param>
/// <param name="Sharpness">How much fine detail the face has; 0 and up.</param>
/// <param name="Brightness">0 (black) to 1 (white).</param>
/// <param name="Contrast">0 to 0.5.</param>
/// <param name="Clipped">The part that is lost to shadow or glare, 0 to 1.</param>
/// <param name="Roll">How far the head is tilted, in degrees.</param>
/// <param name="Yaw">About how far the head is turned, in degrees.</param>
/// <param name="Pitch">About how far the head nods, in degrees.</param>
internal sealed record QualityAnswer(
    float EyeDistance, float Sharpness, float Brightness, float Contrast, float Clipped, float Roll, float Yaw, float Pitch)
{
    public static QualityAnswer? Of(FaceQuality? quality) => quality is null ? null : new(
        quality.EyeDistance,
        quality.Sharpness,
        quality.Brightness,
        quality.Contrast,
        quality.Clipped,
        quality.Roll,
        quality.Yaw,
        quality.Pitch);
}

/// <summary>A line of the audit trail.</summary>
/// <param name="Sequence">Rises with each entry.</param>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Action">What, such as `person.enrolled`.</param>
/// <param name="Person">Whom it is about: the pseudonym, which stays when the person is forgotten.</param>
/// <param name="Old">What was before.</param>
/// <param name="New">What is now.</param>
/// <param name="Reason">Why.</param>
internal sealed record AuditAnswer(
    long Sequence, DateTimeOffset At, string By, string Action, Guid? Person, string? Old, string? New, string? Reason)
{
    public static AuditAnswer Of(AuditEntry entry) =>
        new(entry.Sequence, entry.At, entry.By, entry.Action, entry.PersonId, entry.Old, entry.New, entry.Reason);
}

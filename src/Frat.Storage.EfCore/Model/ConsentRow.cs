namespace Frat.Storage.EfCore;

/// <summary>A consent. Only its withdrawal is ever written to it.</summary>
internal sealed class ConsentRow
{
    public required Guid Id { get; init; }

    public required Guid PersonId { get; init; }

    public required string TextVersion { get; init; }

    public required string Purpose { get; init; }

    public DateTimeOffset? ExpiresAt { get; init; }

    public required ConsentBasis Basis { get; init; }

    public required DateTimeOffset GivenAt { get; init; }

    public required Actor RecordedBy { get; init; }

    public DateTimeOffset? WithdrawnAt { get; set; }

    public Actor? WithdrawnBy { get; set; }

    public static ConsentRow From(Guid personId, Consent consent) => new()
    {
        Id = consent.Id,
        PersonId = personId,
        TextVersion = consent.TextVersion,
        Purpose = consent.Purpose,
        ExpiresAt = consent.ExpiresAt?.ToMicrosecond(),
        Basis = consent.Basis,
        GivenAt = consent.GivenAt.ToMicrosecond(),
        RecordedBy = consent.RecordedBy,
    };

    public Consent ToConsent() => new()
    {
        Id = Id,
        TextVersion = TextVersion,
        Purpose = Purpose,
        ExpiresAt = ExpiresAt,
        Basis = Basis,
        GivenAt = GivenAt,
        RecordedBy = RecordedBy,
        WithdrawnAt = WithdrawnAt,
        WithdrawnBy = WithdrawnBy,
    };
}

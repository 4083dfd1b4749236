namespace Frat;

/// <summary>How it is known that a person agreed. Stored by name.</summary>
public enum ConsentBasis
{
    /// <summary>The person agreed here, to the text that was shown.</summary>
    Given,

    /// <summary>The operator attests that the person agreed elsewhere, such as on paper.</summary>
    Attested,
}

/// <summary>
/// That a person agreed to be recognised by face: to which text, for what, until when. Immutable; withdrawing it is recorded beside.
/// </summary>
public sealed record Consent
{
    /// <summary>The longest <see cref="TextVersion"/>, in UTF-16 code units.</summary>
    public const int MaxTextVersionLength = 50;

    /// <summary>The longest <see cref="Purpose"/>, in UTF-16 code units.</summary>
    public const int MaxPurposeLength = 200;

    /// <summary>The consent's id.</summary>
    public Guid Id { get; init; } = Guid.CreateVersion7();

    /// <summary>
    /// Which text the person agreed to: the name of a version that the operator keeps; 1 to <see cref="MaxTextVersionLength"/> characters.
    /// </summary>
    public required string TextVersion { get; init; }

    /// <summary>What the templates may be used for; 1 to <see cref="MaxPurposeLength"/> characters.</summary>
    public required string Purpose { get; init; }

    /// <summary>When it ends by itself; null when it holds until it is withdrawn.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>How it is known.</summary>
    public required ConsentBasis Basis { get; init; }

    /// <summary>When the person agreed.</summary>
    public required DateTimeOffset GivenAt { get; init; }

    /// <summary>Who recorded it.</summary>
    public required Actor RecordedBy { get; init; }

    /// <summary>When it was withdrawn; null while it wasn't.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>Who recorded that it was withdrawn.</summary>
    public Actor? WithdrawnBy { get; init; }

    /// <summary>Whether it holds at a moment: given, not withdrawn, not expired.</summary>
    /// <param name="moment">The moment.</param>
    /// <returns>True when it holds.</returns>
    public bool IsInForceAt(DateTimeOffset moment) => GivenAt <= moment && !(WithdrawnAt <= moment) && !(ExpiresAt <= moment);

    /// <summary>Checks what every store has to check before it stores one.</summary>
    /// <param name="consent">The value.</param>
    /// <exception cref="ArgumentException">
    /// A text is empty, too long or not well-formed, the basis is none, or it was withdrawn already.
    /// </exception>
    public static void ThrowIfInvalid(Consent consent)
    {
        ArgumentNullException.ThrowIfNull(consent);
        ArgumentChecks.CheckText(consent.TextVersion, MaxTextVersionLength);
        ArgumentChecks.CheckText(consent.Purpose, MaxPurposeLength);
        Actor.ThrowIfInvalid(consent.RecordedBy);
        ArgumentChecks.CheckEnum(consent.Basis);
        if (consent.WithdrawnAt is not null || consent.WithdrawnBy is not null)
        {
            throw new ArgumentException("A consent is recorded as it was given. Withdraw it with RevokeAsync.", nameof(consent));
        }
    }
}

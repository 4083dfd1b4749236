using System.ComponentModel.DataAnnotations;

namespace Frat;

/// <summary>
/// What people are asked to agree to before they are enrolled. The names are the configuration keys of the section <c>Frat:Consent</c>.
/// </summary>
public sealed class ConsentOptions
{
    /// <summary>
    /// The text that people agree to. The default is a plain start; have it checked by those who answer for data protection.
    /// Change <see cref="Version"/> with it.
    /// </summary>
    [Required]
    [StringLength(4000)]
    public string Text { get; set; } =
        "I agree that numbers that describe my face are computed from these photos and stored, encrypted, to recognise me when I check in. "
        + "The photos themselves are not kept. I can withdraw this at any time: the numbers are then deleted, and I check in another way.";

    /// <summary>The name of this version of the text, recorded with each consent. Default <c>1</c>.</summary>
    [Required]
    [StringLength(Consent.MaxTextVersionLength)]
    public string Version { get; set; } = "1";

    /// <summary>What the templates may be used for, recorded with each consent. Default <c>Attendance by facial recognition</c>.</summary>
    [Required]
    [StringLength(Consent.MaxPurposeLength)]
    public string Purpose { get; set; } = "Attendance by facial recognition";

    /// <summary>
    /// After how many days a consent ends, so that it has to be given anew. Default 1095, three years. Null: it holds until it is
    /// withdrawn.
    /// </summary>
    [Range(1, 36500)]
    public int? TermDays { get; set; } = 1095;

    /// <summary>
    /// Whether a program that can't ask the person, such as one that calls the original application's <c>POST /register</c>, may have it
    /// recorded that the operator attests a consent given elsewhere. Default true; when false, such a registration is refused.
    /// </summary>
    public bool Attest { get; set; } = true;

    /// <summary>The consent to this text.</summary>
    /// <param name="basis">How it is known.</param>
    /// <param name="recordedBy">Who records it.</param>
    /// <param name="givenAt">When it was given; its term runs from there.</param>
    /// <returns>The consent to put into an <see cref="EnrollmentRequest"/>.</returns>
    public Consent ToConsent(ConsentBasis basis, Actor recordedBy, DateTimeOffset givenAt) => new()
    {
        TextVersion = Version,
        Purpose = Purpose,
        Basis = basis,
        RecordedBy = recordedBy,
        GivenAt = givenAt,
        ExpiresAt = TermDays is { } days ? givenAt.AddDays(days) : null,
    };
}

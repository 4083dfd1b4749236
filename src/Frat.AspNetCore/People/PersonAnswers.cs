using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Frat.AspNetCore;

[Description("A person, as the API shows one.")]
internal sealed record PersonAnswer(
    [property: Description("The employer's ID of the person; unique.")]
    string EmployeeId,
    [property: Description("The person's name.")]
    string Name,
    [property: Description("When the person was registered.")]
    DateTimeOffset EnrolledAt,
    [property: Description("False while the person is not to be recognised.")]
    bool IsActive,
    [property: Description("The first working day: nobody is missed before it. Null: from the registration on.")]
    DateOnly? FirstDay,
    [property: Description("The last working day: nobody is missed after it. Null: until further notice.")]
    DateOnly? LastDay,
    [property: Description(
        "Only in the answer to photos that were registered although somebody has a like face: how many people have. With two or more, "
            + "check-ins may take these people for one another.")]
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    int? Alike = null)
{
    public static PersonAnswer Of(Person person) => new(
        person.EmployeeId, person.Name, person.EnrolledAt, person.IsActive, person.FirstDay, person.LastDay);

    public static PersonAnswer Of(EnrollmentResult result) =>
        Of(result.Person!) with { Alike = result.Alike.Count > 0 ? result.Alike.Count : null };
}

[Description("What people are asked to agree to before they are registered.")]
internal sealed record ConsentAnswer(
    [property: Description("Which text this is; send it as `consent` with the registration.")]
    string Version,
    [property: Description("The text.")]
    string Text,
    [property: Description("What the face is used for.")]
    string Purpose,
    [property: Description("After how many days the consent ends; null when it holds until it is withdrawn.")]
    int? TermDays)
{
    public static ConsentAnswer Of(ConsentOptions consent) => new(consent.Version, consent.Text, consent.Purpose, consent.TermDays);
}

[Description("A consent that was recorded.")]
internal sealed record RecordedConsentAnswer(
    [property: Description("The consent's id.")]
    Guid Id,
    [property: Description("To which text the person agreed.")]
    string Version,
    [property: Description("What the face may be used for.")]
    string Purpose,
    [property: Description("How it is known.")]
    [property: JsonConverter(typeof(CamelCase<ConsentBasis>))] ConsentBasis Basis,
    [property: Description("When the person agreed.")]
    DateTimeOffset GivenAt,
    [property: Description("When it ends by itself; null when it holds until it is withdrawn.")]
    DateTimeOffset? ExpiresAt,
    [property: Description("Who recorded it.")]
    ActorAnswer RecordedBy,
    [property: Description("When it was withdrawn; null while it wasn't.")]
    DateTimeOffset? WithdrawnAt,
    [property: Description("Who recorded that it was withdrawn.")]
    ActorAnswer? WithdrawnBy,
    [property: Description("Whether it holds now.")]
    bool InForce)
{
    public static RecordedConsentAnswer Of(Consent consent, DateTimeOffset now) => new(
        consent.Id,
        consent.TextVersion,
        consent.Purpose,
        consent.Basis,
        consent.GivenAt,
        consent.ExpiresAt,
        ActorAnswer.Of(consent.RecordedBy),
        consent.WithdrawnAt,
        consent.WithdrawnBy is { } by ? ActorAnswer.Of(by) : null,
        consent.IsInForceAt(now));
}

[Description("What is shown of a template: never the encoding.")]
internal sealed record TemplateAnswer(
    [property: Description("The template's id.")]
    Guid Id,
    [property: Description("The encoder that made it.")]
    string EncoderId,
    [property: Description("How its encoding was made, such as `plain` or `mirrored`; null when it isn't known.")]
    string? Way,
    [property: Description(
        "What it is to the host's encoder. A person none of whose templates is `current` should be photographed again: with `olderWay` "
            + "they are recognised less surely than by new photos, with `otherEncoder` not at all.")]
    [property: JsonConverter(typeof(CamelCase<TemplateStanding>))] TemplateStanding Standing,
    [property: Description("When it was stored.")]
    DateTimeOffset CreatedAt,
    [property: Description("Who stored it.")]
    ActorAnswer CreatedBy,
    [property: Description("How well the face could be seen; null when it isn't known.")]
    QualityAnswer? Quality)
{
    public static TemplateAnswer Of(TemplateInfo template, FaceEncoderInfo encoder) => new(
        template.Id,
        template.EncoderId,
        template.Way,
        template.StandingFor(encoder),
        template.CreatedAt,
        ActorAnswer.Of(template.CreatedBy),
        QualityAnswer.Of(template.Quality));
}

[Description("How well a face could be seen.")]
internal sealed record QualityAnswer(
    [property: Description("Between the eyes, in pixels.")]
    float EyeDistance,
    [property: Description("How much fine detail the face has; 0 and up.")]
    float Sharpness,
    [property: Description("0 (black) to 1 (white).")]
    float Brightness,
    [property: Description("0 to 0.5.")]
    float Contrast,
    [property: Description("The part that is lost to shadow or glare, 0 to 1.")]
    float Clipped,
    [property: Description("How far the head is tilted, in degrees.")]
    float Roll,
    [property: Description("About how far the head is turned, in degrees.")]
    float Yaw,
    [property: Description("About how far the head nods, in degrees.")]
    float Pitch)
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

/// <summary>How people look in JSON.</summary>
[JsonSerializable(typeof(PersonAnswer))]
[JsonSerializable(typeof(IAsyncEnumerable<PersonAnswer>))]
[JsonSerializable(typeof(IEnumerable<PersonAnswer>))]
[JsonSerializable(typeof(PersonChangeRequest))]
[JsonSerializable(typeof(ConsentAnswer))]
[JsonSerializable(typeof(RecordedConsentAnswer))]
[JsonSerializable(typeof(IEnumerable<RecordedConsentAnswer>))]
[JsonSerializable(typeof(IEnumerable<TemplateAnswer>))]
[JsonSerializable(typeof(ChangeRequest))]
[JsonSerializable(typeof(ExportRequest))]
[JsonSerializable(typeof(ConsentRequest))]
[JsonSerializable(typeof(RegistrationWithoutFaceRequest))]
internal sealed partial class PeopleJson : JsonSerializerContext
{
    public static PeopleJson Wire { get; } = new(JsonAnswer.NewOptions());
}

using System.ComponentModel;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Frat.AspNetCore;

[Description("Who makes a change, and why.")]
internal sealed record ChangeRequest(
    [property: Description("Who, for the audit trail, where it stays for good. Default: `web`.")]
    string? By = null,
    [property: Description("Why, for the audit trail, where it stays for good.")]
    string? Reason = null) : IJsonRequest<ChangeRequest>
{
    public static JsonTypeInfo<ChangeRequest> Json => PeopleJson.Wire.ChangeRequest;
}

[Description("Who asks for everything that is kept of a person, and why.")]
internal sealed record ExportRequest(
    [property: Description("Who, for the audit trail, where it stays for good. Default: `web`.")]
    string? By = null,
    [property: Description("Why, for the audit trail, where it stays for good.")]
    string? Reason = null,
    [property: Description("Adds the encodings: biometric data, and the person's own.")]
    bool Encodings = false) : IJsonRequest<ExportRequest>
{
    public static JsonTypeInfo<ExportRequest> Json => PeopleJson.Wire.ExportRequest;
}

[Description("Somebody to register who is not to be recognised by face.")]
internal sealed record RegistrationWithoutFaceRequest(
    [property: Description("The employer's ID of the person; unique.")]
    string? EmployeeId,
    [property: Description("The person's name, in any script.")]
    string? Name,
    [property: Description("Who registers, for the audit trail. Default: `web`.")]
    string? By = null,
    [property: Description("Why, for the audit trail, where it stays for good.")]
    string? Reason = null) : IJsonRequest<RegistrationWithoutFaceRequest>
{
    public static JsonTypeInfo<RegistrationWithoutFaceRequest> Json => PeopleJson.Wire.RegistrationWithoutFaceRequest;

    public static bool IsOptional => false;
}

[Description("A consent to record.")]
internal sealed record ConsentRequest(
    [property: Description("The version of the text, as `GET …/consent` gives it.")]
    string? Version,
    [property: Description("How it is known: `given` here, or `attested`, such as on paper. Default: `attested`.")]
    [property: JsonConverter(typeof(CamelCase<ConsentBasis>))] ConsentBasis Basis = ConsentBasis.Attested,
    [property: Description("When the person agreed; now when left out. Its term runs from there.")]
    DateTimeOffset? GivenAt = null,
    [property: Description("Who records it. Default: `web`.")]
    string? By = null,
    [property: Description("Why, for the audit trail, where it stays for good.")]
    string? Reason = null) : IJsonRequest<ConsentRequest>
{
    public static JsonTypeInfo<ConsentRequest> Json => PeopleJson.Wire.ConsentRequest;

    public static bool IsOptional => false;
}

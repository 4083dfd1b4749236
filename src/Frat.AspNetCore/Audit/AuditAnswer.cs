using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Frat.AspNetCore;

[Description("A line of the audit trail.")]
internal sealed record AuditAnswer(
    [property: Description("Rises with each entry.")]
    long Sequence,
    [property: Description("When.")]
    DateTimeOffset At,
    [property: Description("Who.")]
    string By,
    [property: Description("What, such as `person.enrolled`.")]
    string Action,
    [property: Description("Whom it is about: the pseudonym, which stays when the person is forgotten.")]
    Guid? Person,
    [property: Description("What was before.")]
    string? Old,
    [property: Description("What is now.")]
    string? New,
    [property: Description("Why.")]
    string? Reason)
{
    public static AuditAnswer Of(AuditEntry entry) =>
        new(entry.Sequence, entry.At, entry.By, entry.Action, entry.PersonId, entry.Old, entry.New, entry.Reason);
}

/// <summary>How the trail looks in JSON.</summary>
[JsonSerializable(typeof(IAsyncEnumerable<AuditAnswer>))]
[JsonSerializable(typeof(IEnumerable<AuditAnswer>))]
internal sealed partial class AuditJson : JsonSerializerContext
{
    public static AuditJson Wire { get; } = new(JsonAnswer.NewOptions());
}

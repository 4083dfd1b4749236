namespace Frat.AspNetCore;

/// <summary>Who answers for a like face, and why, as the forms of a registration and of added photos have it.</summary>
internal static class DuplicateFields
{
    private const string ByName = "duplicate_by";
    private const string ReasonName = "duplicate_reason";

    public static FormField By { get; } = new(
        ByName,
        "Who answers for this person being another one than the one with a like face; goes with `duplicate_reason`.",
        IsRequired: false,
        MaxLength: Actor.MaxIdLength);

    public static FormField Reason { get; } = new(
        ReasonName,
        "Why a face like another person's is registered all the same, for the audit trail.",
        IsRequired: false,
        MaxLength: AuditNote.MaxReasonLength);

    /// <summary>The override, or null where none was sent; and what is wrong with it.</summary>
    public static (DuplicateOverride? Override, (string Field, string? Error)[] Errors) Read(HttpContext context, UploadedForm form)
    {
        var (said, reason) = (form.Text(ByName)?.Trim() ?? "", form.Text(ReasonName)?.Trim() ?? "");
        var (by, byError) = said.Length > 0 ? ChangeNotes.ReadBy(context, said)
            : (reason.Length > 0 ? ChangeNotes.ActorOf(context) : null, null);
        return (
            by is null ? null : new DuplicateOverride { By = by, Reason = reason },
            [
                (ByName, by is null && reason.Length > 0 ? "Say who answers for it." : byError),
                (ReasonName, reason.Length > 0 ? ChangeNotes.ErrorOfReason(reason) : by is null ? null : "Say why they are two people."),
            ]);
    }
}

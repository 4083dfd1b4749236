namespace Frat.AspNetCore;

/// <summary>Who answers for a like face, and why, as the forms of a registration and of added photos have it.</summary>
internal static class DuplicateFields
{
    private const string ByName = "duplicate_by";
    private const string ReasonName = "duplicate_reason";

    public static FormField By { get; } = new(
        ByName,
        "Who answers for this person being another one than whoever has a like face; goes with `duplicate_reason`.",
        IsRequired: false,
        MaxLength: AuditNote.MaxByLength);

    public static FormField Reason { get; } = new(
        ReasonName,
        "Why a face like another person's is registered all the same, for the audit trail.",
        IsRequired: false,
        MaxLength: AuditNote.MaxReasonLength);

    /// <summary>The override, or null where none was sent; and what is wrong with it.</summary>
    public static (DuplicateOverride? Override, (string Field, string? Error)[] Errors) Read(HttpContext context, UploadedForm form)
    {
        var (by, reason) = (form.Text(ByName)?.Trim() ?? "", form.Text(ReasonName)?.Trim() ?? "");
        var byError = by.Length == 0 ? null : ChangeNotes.ReadBy(context, by).Error;
        by = reason.Length > 0 && by.Length == 0 ? ChangeNotes.ActorOf(context) ?? "" : by;
        return (
            by.Length > 0 ? new DuplicateOverride { By = by, Reason = reason } : null,
            [
                (ByName, by.Length == 0 && reason.Length > 0 ? "Say who answers for it." : byError),
                (ReasonName, reason.Length == 0 && by.Length > 0 ? "Say why they are two people." : ChangeNotes.ErrorOfReason(reason)),
            ]);
    }
}

using Microsoft.AspNetCore.Mvc;

namespace Frat.WebHost.Pages;

/// <summary>Who does it, and why, as a form sends it.</summary>
internal class NoteForm
{
    [FromForm(Name = "by")]
    public string? By { get; init; }

    [FromForm(Name = "reason")]
    public string? Reason { get; init; }

    /// <summary>The note; null where something is missing, too long or can't be shown.</summary>
    /// <param name="caller">Who it is; null where nobody is known.</param>
    /// <param name="needsReason">False where the form doesn't ask why.</param>
    public AuditNote? ToNote(Actor? caller, bool needsReason = true) =>
        caller is null ? null
        : !needsReason ? new AuditNote { By = caller }
        : AuditNote.IsReason(Reason?.Trim()) ? new AuditNote { By = caller, Reason = Reason!.Trim() }
        : null;
}

using System.Diagnostics.CodeAnalysis;

namespace Frat.Storage.EfCore;

/// <summary>
/// Says by which templates people may be recognised: the one place for it, for anyone who loads templates and anyone who records a punch.
/// </summary>
internal static class Recognition
{
    /// <summary>
    /// The templates of active people whose consent holds at a moment: the consent that the template was added under isn't withdrawn, and
    /// one of the person's is in its term. A template that the audit trail says was deleted, or whose person was forgotten, is none,
    /// although somebody put the rows back.
    /// </summary>
    /// <remarks>
    /// Of a person, or of a template, it is one query by indexes. Whether a template can be opened, only <see cref="TemplateVault"/> can
    /// tell.
    /// </remarks>
    /// <param name="context">The context.</param>
    /// <param name="now">The moment.</param>
    [SuppressMessage("Globalization", "CA1304", Justification = "The database does it, with digits and the letters a to f.")]
    [SuppressMessage("Globalization", "CA1311", Justification = "The same.")]
    public static IQueryable<TemplateRow> Recognizable(this FratDbContext context, DateTimeOffset now) =>
        context.Templates.Where(template =>
            template.Person!.IsActive
            && context.Consents.Any(
                consent => consent.Id == template.ConsentId && consent.PersonId == template.PersonId && consent.WithdrawnAt == null)
            && context.Consents.Any(consent =>
                consent.PersonId == template.PersonId
                && consent.WithdrawnAt == null
                && (consent.ExpiresAt == null || consent.ExpiresAt > now))
            && !context.AuditEntries.Any(entry =>
                entry.PersonId == template.PersonId
                && (entry.Action == AuditActions.PersonForgotten
                    || (entry.Action == AuditActions.TemplateDeleted
                        && entry.Old == "template " + template.Id.ToString().ToLower() + ", encoder " + template.EncoderId))));
}

namespace Frat.Storage.EfCore;

/// <summary>By which templates people are recognised. Stateless.</summary>
internal static class Recognition
{
    /// <summary>The templates of active people of whom a consent is in force, or who are from a time before consents were recorded.</summary>
    public static IQueryable<TemplateRow> Recognizable(this FratDbContext context, DateTimeOffset now) => context.Templates.Where(template =>
        template.Person!.IsActive
        && (!context.Consents.Any(consent => consent.PersonId == template.PersonId)
            || context.Consents.Any(consent =>
                consent.PersonId == template.PersonId && consent.WithdrawnAt == null && (consent.ExpiresAt == null || consent.ExpiresAt > now))));
}

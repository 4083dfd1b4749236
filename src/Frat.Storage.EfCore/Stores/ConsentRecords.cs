using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <summary>What is done with rows of consents inside of a transaction that does more.</summary>
internal static class ConsentRecords
{
    /// <summary>Adds a consent, with its entry in the trail.</summary>
    public static void Add(FratDbContext context, Guid personId, Consent consent, AuditNote note, DateTimeOffset now)
    {
        context.Consents.Add(ConsentRow.From(personId, consent));
        var term = consent.ExpiresAt is { } end ? FormattableString.Invariant($"until {end.UtcDateTime:yyyy-MM-dd}") : "without term";
        context.Audit(now, note, AuditActions.ConsentRecorded, personId, @new: $"{consent.TextVersion}, {consent.Basis}, {term}");
    }

    /// <summary>The consent that a template is added under: of those in force, the latest.</summary>
    public static Task<Guid?> FindInForceAsync(
        FratDbContext context, Guid personId, DateTimeOffset now, CancellationToken cancellationToken) =>
        context.Consents
            .Where(consent => consent.PersonId == personId && consent.WithdrawnAt == null && consent.GivenAt <= now
                && (consent.ExpiresAt == null || consent.ExpiresAt > now))
            .OrderByDescending(consent => consent.GivenAt).ThenByDescending(consent => consent.Id)
            .Select(consent => (Guid?)consent.Id)
            .FirstOrDefaultAsync(cancellationToken);
}

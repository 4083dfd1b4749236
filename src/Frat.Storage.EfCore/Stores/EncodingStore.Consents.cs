using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <content>Consents: recorded, read, withdrawn.</content>
internal sealed partial class EncodingStore
{
    public Task<bool> RecordConsentAsync(Guid personId, Consent consent, AuditNote note, CancellationToken cancellationToken = default)
    {
        Arguments.Check(consent);
        Arguments.Check(note);
        var now = time.GetUtcNow();
        return ChangeAsync("RecordConsent", personId, RecordAsync, cancellationToken);

        async Task<bool> RecordAsync(FratDbContext context, CancellationToken cancel)
        {
            if (await context.Consents.FirstOrDefaultAsync(row => row.Id == consent.Id, cancel).ConfigureAwait(false) is { } known)
            {
                return known.PersonId == personId
                    ? true
                    : throw new ArgumentException("The id belongs to another person's consent.", nameof(consent));
            }

            if (!await context.People.AnyAsync(person => person.Id == personId, cancel).ConfigureAwait(false))
            {
                return false;
            }

            Add(context, personId, consent, note, now);

            // Whose earlier consents have ended is recognised again, where there are templates.
            context.TemplateChanges.Add(new TemplateChangeRow { PersonId = personId });
            return true;
        }
    }

    public async Task<IReadOnlyList<Consent>> ReadConsentsAsync(Guid personId, CancellationToken cancellationToken = default)
    {
        var rows = await database.ReadAsync(
            "ReadConsents",
            (context, cancel) => context.Consents
                .Where(consent => consent.PersonId == personId)
                .OrderByDescending(consent => consent.GivenAt).ThenByDescending(consent => consent.Id)
                .ToListAsync(cancel),
            cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToConsent())];
    }

    public Task<bool> RevokeAsync(Guid personId, AuditNote note, CancellationToken cancellationToken = default)
    {
        Arguments.Check(note);
        var now = time.GetUtcNow().ToMicrosecond();
        return ChangeAsync("Revoke", personId, RevokeAsync, cancellationToken, deletes: true);

        async Task<bool> RevokeAsync(FratDbContext context, CancellationToken cancel)
        {
            var consents = await context.Consents.AsTracking()
                .Where(consent => consent.PersonId == personId && consent.WithdrawnAt == null)
                .ToListAsync(cancel).ConfigureAwait(false);
            foreach (var consent in consents)
            {
                (consent.WithdrawnAt, consent.WithdrawnBy) = (now, note.By);
                context.Audit(now, note, AuditActions.ConsentWithdrawn, personId, old: consent.TextVersion);
            }

            var templates = await DeleteTemplatesAsync(context, personId, note, now, cancel).ConfigureAwait(false);
            return consents.Count > 0 || templates > 0;
        }
    }

    private static void Add(FratDbContext context, Guid personId, Consent consent, AuditNote note, DateTimeOffset now)
    {
        context.Consents.Add(ConsentRow.From(personId, consent));
        var term = consent.ExpiresAt is { } end ? FormattableString.Invariant($"until {end.UtcDateTime:yyyy-MM-dd}") : "without term";
        context.Audit(now, note, AuditActions.ConsentRecorded, personId, @new: $"{consent.TextVersion}, {consent.Basis}, {term}");
    }

    /// <summary>The consent that a template is added under: of those in force, the latest.</summary>
    private static Task<Guid?> FindConsentInForceAsync(
        FratDbContext context, Guid personId, DateTimeOffset now, CancellationToken cancellationToken) =>
        context.Consents
            .Where(consent => consent.PersonId == personId && consent.WithdrawnAt == null && consent.GivenAt <= now
                && (consent.ExpiresAt == null || consent.ExpiresAt > now))
            .OrderByDescending(consent => consent.GivenAt).ThenByDescending(consent => consent.Id)
            .Select(consent => (Guid?)consent.Id)
            .FirstOrDefaultAsync(cancellationToken);
}

using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <summary>Consents in a relational database.</summary>
internal sealed class ConsentStore(FratDatabase database, PersonTransaction people, TimeProvider time) : IConsentStore
{
    public Task<bool> RecordAsync(Guid personId, Consent consent, AuditNote note, CancellationToken cancellationToken = default)
    {
        Consent.ThrowIfInvalid(consent);
        AuditNote.ThrowIfInvalid(note);
        var now = time.GetUtcNow();
        return people.RunAsync("RecordConsent", personId, AddAsync, cancellationToken);

        async Task<bool> AddAsync(FratDbContext context, CancellationToken cancel)
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

            ConsentRecords.Add(context, personId, consent, note, now);

            // Whose earlier consents have ended is recognised again, where there are templates.
            context.TemplateChanges.Add(new TemplateChangeRow { PersonId = personId });
            return true;
        }
    }

    public async Task<IReadOnlyList<Consent>> ListAsync(Guid personId, CancellationToken cancellationToken = default)
    {
        var rows = await database.ReadAsync(
            "ListConsents",
            (context, cancel) => context.Consents
                .Where(consent => consent.PersonId == personId)
                .OrderByDescending(consent => consent.GivenAt).ThenByDescending(consent => consent.Id)
                .ToListAsync(cancel),
            cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToConsent())];
    }

    public Task<bool> RevokeAsync(Guid personId, AuditNote note, CancellationToken cancellationToken = default)
    {
        AuditNote.ThrowIfInvalid(note);
        var now = time.GetUtcNow().ToMicrosecond();
        return people.RunAsync("Revoke", personId, WithdrawAsync, cancellationToken, deletes: true);

        async Task<bool> WithdrawAsync(FratDbContext context, CancellationToken cancel)
        {
            var consents = await context.Consents.AsTracking()
                .Where(consent => consent.PersonId == personId && consent.WithdrawnAt == null)
                .ToListAsync(cancel).ConfigureAwait(false);
            foreach (var consent in consents)
            {
                (consent.WithdrawnAt, consent.WithdrawnBy) = (now, note.By);
                context.Audit(now, note, AuditActions.ConsentWithdrawn, personId, old: consent.TextVersion);
            }

            var templates = await TemplateRecords.DeleteAsync(context, personId, note, now, cancel).ConfigureAwait(false);
            return consents.Count > 0 || templates > 0;
        }
    }
}

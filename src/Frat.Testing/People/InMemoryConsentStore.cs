using Frat.Storage.EfCore;

namespace Frat.Testing;

internal sealed class InMemoryConsentStore(InMemoryDatabase database, TimeProvider time) : IConsentStore
{
    public Task<bool> RecordAsync(Guid personId, Consent consent, AuditNote note, CancellationToken cancellationToken = default)
    {
        Consent.ThrowIfInvalid(consent);
        AuditNote.ThrowIfInvalid(note);
        var now = time.GetUtcNow();
        return database.WriteAsync(Add, cancellationToken);

        bool Add(Transaction transaction)
        {
            var owner = transaction.State.People.Values.FirstOrDefault(
                record => record.Consents.Exists(known => known.Id == consent.Id));
            if (owner is not null)
            {
                return owner.Person.Id == personId
                    ? true
                    : throw new ArgumentException("The id belongs to another person's consent.", nameof(consent));
            }

            if (transaction.Find(personId) is null)
            {
                return false;
            }

            transaction.Record(personId, consent, note, now);

            // Whose earlier consents have ended is recognised again, where there are templates.
            transaction.Tell(personId);
            return true;
        }
    }

    public Task<IReadOnlyList<Consent>> ListAsync(Guid personId, CancellationToken cancellationToken = default) =>
        database.ReadAsync<IReadOnlyList<Consent>>(
            state => [.. (state.Find(personId)?.Consents ?? []).OrderByDescending(consent => consent.GivenAt)
                .ThenByDescending(consent => consent.Id)],
            cancellationToken);

    public Task<bool> RevokeAsync(Guid personId, AuditNote note, CancellationToken cancellationToken = default)
    {
        AuditNote.ThrowIfInvalid(note);
        var now = time.GetUtcNow().ToMicrosecond();
        return database.WriteAsync(Withdraw, cancellationToken);

        bool Withdraw(Transaction transaction)
        {
            if (transaction.Find(personId) is not { } record)
            {
                return false;
            }

            var given = record.Consents.FindAll(consent => consent.WithdrawnAt is null);
            foreach (var consent in given)
            {
                record = record with
                {
                    Consents = record.Consents.Replace(consent, consent with { WithdrawnAt = now, WithdrawnBy = note.By }),
                };
                transaction.Audit(now, note, AuditActions.ConsentWithdrawn, personId, old: consent.TextVersion);
            }

            transaction.Save(record);
            return transaction.Delete(personId, note, now) > 0 || given.Count > 0;
        }
    }
}

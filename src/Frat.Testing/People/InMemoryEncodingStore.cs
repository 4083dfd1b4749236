using Microsoft.Extensions.Logging;

namespace Frat.Testing;

internal sealed class InMemoryEncodingStore(
    InMemoryDatabase database, TimeProvider time, ILogger<InMemoryEncodingStore> logger) : IEncodingStore
{
    private const int ChangesPerCall = 500;

    public Task<IReadOnlyList<TemplateInfo>?> AddAsync(
        Guid personId, IReadOnlyList<NewTemplate> templates, AuditNote note, CancellationToken cancellationToken = default)
    {
        NewTemplate.ThrowIfInvalid(templates);
        AuditNote.ThrowIfInvalid(note);
        if (templates.Count == 0)
        {
            throw new ArgumentException("There is no template to add.", nameof(templates));
        }

        var now = time.GetUtcNow();
        return database.WriteAsync(Store, cancellationToken);

        IReadOnlyList<TemplateInfo>? Store(Transaction transaction)
        {
            if (transaction.Find(personId) is not { } record)
            {
                return null;
            }

            var consent = record.Consents.Where(consent => consent.IsInForceAt(now)).MaxBy(consent => consent.GivenAt)
                ?? throw new ConsentRequiredException("This person's consent is not in force: record a consent first.");
            return transaction.Add(personId, consent.Id, templates, note, now);
        }
    }

    public Task<IReadOnlyList<TemplateInfo>> ListAsync(Guid personId, CancellationToken cancellationToken = default) =>
        database.ReadAsync<IReadOnlyList<TemplateInfo>>(
            state => [.. (state.Find(personId)?.Templates ?? []).Select(template => template.Info)], cancellationToken);

    public Task<bool> DeleteAsync(Guid templateId, AuditNote note, CancellationToken cancellationToken = default)
    {
        AuditNote.ThrowIfInvalid(note);
        var now = time.GetUtcNow();
        return database.WriteAsync(
            transaction => transaction.State.People.Values.FirstOrDefault(
                    record => record.Templates.Exists(template => template.Info.Id == templateId)) is { } owner
                && transaction.Delete(owner.Person.Id, note, now, templateId) > 0,
            cancellationToken);
    }

    public IAsyncEnumerable<FaceTemplate> ReadAsync(string encoderId, Guid? personId = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(encoderId);
        return database.StreamAsync(Read, cancellationToken);

        IEnumerable<FaceTemplate> Read(State state)
        {
            var now = time.GetUtcNow();
            var people = personId is not { } id ? state.People.Values : state.Find(id) is { } one ? [one] : [];
            return from record in people
                   from template in record.Recognizable(now)
                   where template.Info.EncoderId == encoderId
                   let encoding = Open(template)
                   where encoding is not null
                   select new FaceTemplate { Id = template.Info.Id, Person = record.Person, Encoding = encoding };
        }
    }

    public Task<long> GetSequenceAsync(CancellationToken cancellationToken = default) =>
        database.ReadAsync(state => (long)state.Changes.Count, cancellationToken);

    public Task<IReadOnlyList<TemplateChange>> ListChangesAsync(long afterSequence, CancellationToken cancellationToken = default) =>
        database.ReadAsync<IReadOnlyList<TemplateChange>>(
            state => [.. state.Changes.Skip((int)Math.Clamp(afterSequence, 0, state.Changes.Count)).Take(ChangesPerCall)],
            cancellationToken);

    public async Task WaitForChangesAsync(long afterSequence, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var changed = database.Changed;
            if (database.State.Changes.Count > afterSequence)
            {
                return;
            }

            await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    // As bytes that were damaged in a real store: passed over and reported, so that nobody else is stopped.
    private FaceEncoding? Open(StoredTemplate template)
    {
        try
        {
            return FaceEncoding.FromBytes(template.Info.EncoderId, template.Encoding.Span);
        }
        catch (ArgumentException)
        {
            Log.TemplateDamaged(logger, template.Info.Id);
            return null;
        }
    }
}

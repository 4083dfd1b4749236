using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <summary>Templates in a relational database, and the stream of their changes.</summary>
internal sealed class EncodingStore(
    FratDatabase database, DatabaseProvider provider, TemplateVault vault, PersonTransaction people, ChangeSignal signal, TimeProvider time)
        : IEncodingStore
{
    private const int ChangesPerCall = 500;

    public async Task<IReadOnlyList<TemplateInfo>?> AddAsync(
        Guid personId, IReadOnlyList<NewTemplate> templates, AuditNote note, CancellationToken cancellationToken = default)
    {
        NewTemplate.ThrowIfInvalid(templates);
        AuditNote.ThrowIfInvalid(note);
        if (templates.Count == 0)
        {
            throw new ArgumentException("There is no template to add.", nameof(templates));
        }

        var now = time.GetUtcNow().ToMicrosecond();
        var ids = TemplateRecords.NewIds(templates.Count);
        var added = await people.RunAsync("AddTemplates", personId, StoreAsync, cancellationToken).ConfigureAwait(false);
        return added
            ? [.. templates.Select((template, i) => new TemplateInfo
            {
                Id = ids[i],
                EncoderId = template.Encoding.EncoderId,
                Quality = template.Quality,
                Way = template.Way,
                CreatedAt = now,
                CreatedBy = note.By,
            })]
            : null;

        async Task<bool> StoreAsync(FratDbContext context, CancellationToken cancel)
        {
            if (await context.People.FirstOrDefaultAsync(person => person.Id == personId, cancel).ConfigureAwait(false) is not { } person)
            {
                return false;
            }

            if (await ConsentRecords.FindInForceAsync(context, personId, now, cancel).ConfigureAwait(false) is not { } consent)
            {
                throw new ConsentRequiredException("This person's consent is not in force: record a consent first.");
            }

            await vault.CheckAsync("AddTemplates", person, cancel).ConfigureAwait(false);
            await TemplateRecords.AddAsync(context, vault, personId, consent, ids, templates, note, now, cancel).ConfigureAwait(false);
            context.TemplateChanges.Add(new TemplateChangeRow { PersonId = personId });
            return true;
        }
    }

    public async Task<IReadOnlyList<TemplateInfo>> ListAsync(Guid personId, CancellationToken cancellationToken = default)
    {
        var rows = await database.ReadAsync(
            "ListTemplates",
            (context, cancel) => context.Templates
                .Where(template => template.PersonId == personId)
                .OrderBy(template => template.CreatedAt).ThenBy(template => template.Id)
                .ToListAsync(cancel),
            cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToInfo())];
    }

    public async Task<bool> DeleteAsync(Guid templateId, AuditNote note, CancellationToken cancellationToken = default)
    {
        AuditNote.ThrowIfInvalid(note);
        var now = time.GetUtcNow();
        var owner = await database.ReadAsync(
            "DeleteTemplate",
            (context, cancel) => context.Templates.Where(template => template.Id == templateId)
                .Select(template => (Guid?)template.PersonId).FirstOrDefaultAsync(cancel),
            cancellationToken).ConfigureAwait(false);
        return owner is { } personId
            && await people.RunAsync("DeleteTemplate", personId, DeleteOneAsync, cancellationToken, deletes: true).ConfigureAwait(false);

        async Task<bool> DeleteOneAsync(FratDbContext context, CancellationToken cancel) =>
            await TemplateRecords.DeleteAsync(context, personId, note, now, cancel, templateId).ConfigureAwait(false) > 0;
    }

    public IAsyncEnumerable<FaceTemplate> ReadAsync(string encoderId, Guid? personId = null, CancellationToken cancellationToken = default)
    {
        const string Operation = "ReadTemplates";
        ArgumentNullException.ThrowIfNull(encoderId);
        return OpenAsync(cancellationToken);

        async IAsyncEnumerable<FaceTemplate> OpenAsync([EnumeratorCancellation] CancellationToken cancel = default)
        {
            using var reader = vault.OpenReader(Operation);
            await foreach (var row in database.StreamRowsAsync(Operation, Query, cancel).ConfigureAwait(false))
            {
                if (await reader.ReadAsync(row, cancel).ConfigureAwait(false) is { } template)
                {
                    yield return template;
                }
            }
        }

        IQueryable Query(FratDbContext context)
        {
            var templates = context.Recognizable(time.GetUtcNow()).Where(template => template.EncoderId == encoderId);
            return StoredTemplate.Select(context, personId is { } id ? templates.Where(template => template.PersonId == id) : templates);
        }
    }

    public Task<long> GetSequenceAsync(CancellationToken cancellationToken = default) => GetSequenceAsync("GetSequence", cancellationToken);

    public async Task<IReadOnlyList<TemplateChange>> ListChangesAsync(long afterSequence, CancellationToken cancellationToken = default) =>
        await database.ReadAsync(
            "ListChanges",
            (context, cancel) => context.TemplateChanges
                .Where(change => change.Sequence > afterSequence)
                .OrderBy(change => change.Sequence)
                .Take(ChangesPerCall)
                .Select(change => new TemplateChange { Sequence = change.Sequence, PersonId = change.PersonId })
                .ToListAsync(cancel),
            cancellationToken).ConfigureAwait(false);

    public async Task WaitForChangesAsync(long afterSequence, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var changed = signal.Next;
            if (await GetSequenceAsync("WaitForChanges", cancellationToken).ConfigureAwait(false) > afterSequence)
            {
                return;
            }

            // Another process can't raise the signal, so look again after a while. A wait that is left behind must not keep its timer.
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var interval = Task.Delay(provider.ChangePollInterval, time, waiting.Token);
            await Task.WhenAny(changed, interval).ConfigureAwait(false);
            await waiting.CancelAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private Task<long> GetSequenceAsync(string operation, CancellationToken cancellationToken) =>
        database.ReadAsync(
            operation,
            async (context, cancel) =>
                await context.TemplateChanges.MaxAsync(change => (long?)change.Sequence, cancel).ConfigureAwait(false) ?? 0,
            cancellationToken);
}

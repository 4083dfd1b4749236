using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <content>Templates: added, listed, read, deleted.</content>
internal sealed partial class EncodingStore
{
    public async Task<IReadOnlyList<TemplateInfo>?> AddTemplatesAsync(
        Guid personId, IReadOnlyList<NewTemplate> templates, AuditNote note, CancellationToken cancellationToken = default)
    {
        Arguments.Check(templates);
        Arguments.Check(note);
        if (templates.Count == 0)
        {
            throw new ArgumentException("There is no template to add.", nameof(templates));
        }

        var now = time.GetUtcNow().ToMicrosecond();
        var ids = NewIds(templates.Count);
        var added = await ChangeAsync("AddTemplates", personId, AddAsync, cancellationToken).ConfigureAwait(false);
        return added
            ? [.. templates.Select((template, i) => new TemplateInfo(ids[i], template.Encoding.EncoderId, template.Quality, now, note.By))]
            : null;

        async Task<bool> AddAsync(FratDbContext context, CancellationToken cancel)
        {
            if (await context.People.FirstOrDefaultAsync(person => person.Id == personId, cancel).ConfigureAwait(false) is not { } person)
            {
                return false;
            }

            if (await FindConsentInForceAsync(context, personId, now, cancel).ConfigureAwait(false) is not { } consent)
            {
                throw new ConsentRequiredException("This person's consent is not in force: record a consent first.");
            }

            await CheckAsync(person, cancel).ConfigureAwait(false);
            await AddTemplatesAsync(context, personId, consent, ids, templates, note, now, cancel).ConfigureAwait(false);
            context.TemplateChanges.Add(new TemplateChangeRow { PersonId = personId });
            return true;
        }
    }

    public async Task<IReadOnlyList<TemplateInfo>> ListTemplatesAsync(Guid personId, CancellationToken cancellationToken = default)
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

    public async Task<bool> DeleteTemplateAsync(Guid templateId, AuditNote note, CancellationToken cancellationToken = default)
    {
        Arguments.Check(note);
        var now = time.GetUtcNow();
        var owner = await database.ReadAsync(
            "DeleteTemplate",
            (context, cancel) => context.Templates.Where(template => template.Id == templateId)
                .Select(template => (Guid?)template.PersonId).FirstOrDefaultAsync(cancel),
            cancellationToken).ConfigureAwait(false);
        return owner is { } personId
            && await ChangeAsync("DeleteTemplate", personId, DeleteAsync, cancellationToken, deletes: true).ConfigureAwait(false);

        async Task<bool> DeleteAsync(FratDbContext context, CancellationToken cancel) =>
            await DeleteTemplatesAsync(context, personId, note, now, cancel, templateId).ConfigureAwait(false) > 0;
    }

    public IAsyncEnumerable<FaceTemplate> ReadTemplatesAsync(
        string encoderId, Guid? personId = null, CancellationToken cancellationToken = default)
    {
        const string Operation = "ReadTemplates";
        ArgumentNullException.ThrowIfNull(encoderId);
        return ReadAsync(cancellationToken);

        async IAsyncEnumerable<FaceTemplate> ReadAsync([EnumeratorCancellation] CancellationToken cancel = default)
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

    /// <summary>Deletes a person's templates, or one of them, each with its entry in the audit trail, and tells of the change.</summary>
    internal static async Task<int> DeleteTemplatesAsync(
        FratDbContext context,
        Guid personId,
        AuditNote note,
        DateTimeOffset now,
        CancellationToken cancellationToken,
        Guid? templateId = null)
    {
        var templates = context.Templates.Where(
            template => template.PersonId == personId && (templateId == null || template.Id == templateId));
        var known = await templates.Select(template => new { template.Id, template.EncoderId })
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        if (known.Count == 0)
        {
            return 0;
        }

        foreach (var template in known)
        {
            context.Audit(now, note, AuditActions.TemplateDeleted, personId, old: Describe(template.Id, template.EncoderId));
        }

        context.TemplateChanges.Add(new TemplateChangeRow { PersonId = personId });
        return await templates.ExecuteDeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Random ids for templates of one moment: in order, so that the templates keep the order in which they came.</summary>
    private static List<Guid> NewIds(int count) => [.. Enumerable.Range(0, count).Select(_ => Guid.NewGuid()).Order()];

    private async Task AddTemplatesAsync(
        FratDbContext context,
        Guid personId,
        Guid consentId,
        List<Guid> ids,
        IReadOnlyList<NewTemplate> templates,
        AuditNote note,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        using var cipher = new TemplateCipher((await vault.GetKeysAsync(context, cancellationToken).ConfigureAwait(false)).Current);
        foreach (var (id, template) in ids.Zip(templates))
        {
            var place = new TemplatePlace(id, personId, template.Encoding.EncoderId, consentId, now);
            context.Templates.Add(new TemplateRow
            {
                Id = id,
                PersonId = personId,
                EncoderId = template.Encoding.EncoderId,
                Encoding = cipher.Encrypt(place, template.Encoding.ToBytes()),
                KeyId = cipher.KeyId,
                ConsentId = consentId,
                Quality = TemplateRow.Write(template.Quality),
                CreatedAt = now,
                CreatedBy = note.By,
            });
            context.Audit(now, note, AuditActions.TemplateAdded, personId, @new: Describe(id, template.Encoding.EncoderId));
        }
    }

    // Whoever swapped two people's IDs, and swaps them back later, must not have one's face added to the other.
    private async Task CheckAsync(PersonRow person, CancellationToken cancellationToken)
    {
        using var reader = vault.OpenReader("AddTemplates");
        try
        {
            await reader.CheckAsync(person.Id, person.EmployeeId, person.Name, person.Seal, cancellationToken).ConfigureAwait(false);
        }
        catch (CryptographicException exception)
        {
            throw new EncodingStoreException("AddTemplates", isTransient: false, exception.Message, exception);
        }
    }

    private static string Describe(Guid templateId, string encoderId) => $"template {templateId}, encoder {encoderId}";
}

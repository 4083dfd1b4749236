using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <summary>What is done with rows of templates inside of a transaction that does more.</summary>
internal static class TemplateRecords
{
    /// <summary>Random ids for templates of one moment: in order, so that the templates keep the order in which they came.</summary>
    public static List<Guid> NewIds(int count) => [.. Enumerable.Range(0, count).Select(_ => Guid.NewGuid()).Order()];

    /// <summary>Adds templates, encrypted, each with its entry in the trail.</summary>
    public static async Task AddAsync(
        FratDbContext context,
        TemplateVault vault,
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
                Quality = TemplateRow.Write(template),
                CreatedAt = now,
                CreatedBy = note.By,
            });
            context.Audit(now, note, AuditActions.TemplateAdded, personId, @new: Describe(id, template.Encoding.EncoderId));
        }
    }

    /// <summary>Deletes a person's templates, or one of them, each with its entry in the audit trail, and tells of the change.</summary>
    public static async Task<int> DeleteAsync(
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

    private static string Describe(Guid templateId, string encoderId) => $"template {templateId}, encoder {encoderId}";
}

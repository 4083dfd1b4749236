using System.Globalization;
using Frat.Storage.EfCore;

namespace Frat.Testing;

/// <summary>What is done with consents and templates inside of a change that does more.</summary>
internal static class TemplateRecords
{
    public static void Record(this Transaction transaction, Guid personId, Consent consent, AuditNote note, DateTimeOffset now)
    {
        var record = transaction.Find(personId)!;
        transaction.Save(record with
        {
            Consents = record.Consents.Add(consent with
            {
                GivenAt = consent.GivenAt.ToMicrosecond(), ExpiresAt = consent.ExpiresAt?.ToMicrosecond(),
            }),
        });
        var term = consent.ExpiresAt is { } end
            ? string.Create(CultureInfo.InvariantCulture, $"until {end.UtcDateTime:yyyy-MM-dd}")
            : "without term";
        transaction.Audit(
            now, note, AuditActions.ConsentRecorded, personId, @new: $"{consent.TextVersion}, {consent.Basis}, {term}");
    }

    public static IReadOnlyList<TemplateInfo> Add(
        this Transaction transaction,
        Guid personId,
        Guid consentId,
        IReadOnlyList<NewTemplate> templates,
        AuditNote note,
        DateTimeOffset now)
    {
        var added = templates.Select(template => new StoredTemplate(
            new TemplateInfo
            {
                Id = Guid.NewGuid(),
                EncoderId = template.Encoding.EncoderId,
                Quality = template.Quality,
                Way = template.Way,
                CreatedAt = now.ToMicrosecond(),
                CreatedBy = note.By,
            },
            template.Encoding.ToBytes(),
            consentId)).ToList();
        var record = transaction.Find(personId)!;
        transaction.Save(record with { Templates = record.Templates.AddRange(added) });
        foreach (var template in added)
        {
            transaction.Audit(now, note, AuditActions.TemplateAdded, personId, @new: Describe(template));
        }

        transaction.Tell(personId);
        return [.. added.Select(template => template.Info)];
    }

    /// <summary>Deletes a person's templates, or one of them.</summary>
    /// <returns>How many there were.</returns>
    public static int Delete(
        this Transaction transaction, Guid personId, AuditNote note, DateTimeOffset now, Guid? templateId = null)
    {
        var record = transaction.Find(personId);
        var deleted = record?.Templates.FindAll(template => templateId is null || template.Info.Id == templateId) ?? [];
        if (deleted.IsEmpty)
        {
            return 0;
        }

        transaction.Save(record! with { Templates = record.Templates.RemoveRange(deleted) });
        foreach (var template in deleted)
        {
            transaction.Audit(now, note, AuditActions.TemplateDeleted, personId, old: Describe(template));
        }

        transaction.Tell(personId);
        return deleted.Count;
    }

    private static string Describe(StoredTemplate template) => $"template {template.Info.Id}, encoder {template.Info.EncoderId}";
}

using System.Text.Json;

namespace Frat.Storage.EfCore;

internal sealed class TemplateRow
{
    public const int MaxQualityLength = 500;

    /// <summary>Of a template that FRAT can't have written: it names no key.</summary>
    public const string InClear = "";

    public required Guid Id { get; init; }

    public required Guid PersonId { get; init; }

    public PersonRow? Person { get; init; }

    public required string EncoderId { get; init; }

    /// <summary>
    /// What <see cref="FaceEncoding.ToBytes"/> gives (float32, little-endian), as <see cref="TemplateCipher"/> encrypts it.
    /// </summary>
    public required byte[] Encoding { get; init; }

    /// <summary>
    /// The key that <see cref="Encoding"/> is encrypted with; the blob says it as well, and this is to search by.
    /// </summary>
    public required string KeyId { get; init; }

    /// <summary>The consent under which it was added.</summary>
    public required Guid ConsentId { get; init; }

    /// <summary>
    /// A <see cref="FaceQuality"/> as JSON, and beside its members the <c>way</c> of the encoding: both are shown, and never searched by.
    /// </summary>
    public string? Quality { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required Actor CreatedBy { get; init; }

    public TemplatePlace Place => new(Id, PersonId, EncoderId, ConsentId, CreatedAt);

    public static string? Write(NewTemplate template)
    {
        var note = template.Quality is { } quality ? JsonSerializer.SerializeToNode(quality, JsonSerializerOptions.Web)!.AsObject() : [];
        if (template.Way is { } way)
        {
            note["way"] = way;
        }

        return note.Count == 0 ? null : note.ToJsonString(JsonSerializerOptions.Web);
    }

    public TemplateInfo ToInfo() => new()
    {
        Id = Id,
        EncoderId = EncoderId,
        Quality = Read<FaceQuality>(),
        Way = Read<WayNote>()?.Way,
        CreatedAt = CreatedAt,
        CreatedBy = CreatedBy,
    };

    // A damaged note on quality must not hide the template.
    private T? Read<T>()
        where T : class
    {
        try
        {
            return Quality is null ? null : JsonSerializer.Deserialize<T>(Quality, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record WayNote(string? Way);
}

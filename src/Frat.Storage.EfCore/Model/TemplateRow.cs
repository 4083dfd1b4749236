namespace Frat.Storage.EfCore;

internal sealed class TemplateRow
{
    public required Guid Id { get; init; }

    public required Guid PersonId { get; init; }

    public PersonRow? Person { get; init; }

    public required string EncoderId { get; init; }

    /// <summary>What <see cref="FaceEncoding.ToBytes"/> gives: float32, little-endian.</summary>
    public required byte[] Encoding { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

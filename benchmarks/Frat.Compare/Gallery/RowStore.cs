using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Frat.Compare.Gallery;

/// <summary>A store that has nothing but the rows of a file, one for each person: the gallery reads it as it reads any.</summary>
internal sealed class RowStore(string path) : IEncodingStore
{
    public const string EncoderId = "synthetic";

    /// <summary>A person's id tells which row it is.</summary>
    public static Guid IdOf(int row) => new(row, 0, 0, [1, 0, 0, 0, 0, 0, 0, 0]);

    public static int RowOf(Guid id) => BitConverter.ToInt32(id.ToByteArray());

    /// <summary>Reads vectors from a file.</summary>
    public static IEnumerable<FaceEncoding> Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 20);
        var values = new float[SyntheticRows.Dimension];
        while (file.ReadAtLeast(MemoryMarshal.AsBytes(values.AsSpan()), values.Length * sizeof(float), throwOnEndOfStream: false) > 0)
        {
            yield return new FaceEncoding(EncoderId, (ReadOnlySpan<float>)values);
        }
    }

    public async IAsyncEnumerable<FaceTemplate> ReadAsync(
        string encoderId, Guid? personId = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        var row = 0;
        foreach (var encoding in Read(path))
        {
            var id = IdOf(row++);
            var person = new Person { Id = id, EmployeeId = "", Name = "", EnrolledAt = default };
            yield return new FaceTemplate { Id = id, Person = person, Encoding = encoding };
        }
    }

    public Task<long> GetSequenceAsync(CancellationToken cancellationToken = default) => Task.FromResult(0L);

    public Task<IReadOnlyList<TemplateChange>> ListChangesAsync(long afterSequence, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<TemplateChange>>([]);

    public Task WaitForChangesAsync(long afterSequence, CancellationToken cancellationToken = default) =>
        Task.Delay(Timeout.Infinite, cancellationToken);

    public Task<IReadOnlyList<TemplateInfo>?> AddAsync(
        Guid personId, IReadOnlyList<NewTemplate> templates, AuditNote note, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<IReadOnlyList<TemplateInfo>> ListAsync(Guid personId, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<bool> DeleteAsync(Guid templateId, AuditNote note, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();
}

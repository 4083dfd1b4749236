namespace Frat;

/// <summary>The compressed pixels of a PNG: what its IDAT chunks hold, one behind the other.</summary>
/// <param name="file">The whole file; borrowed.</param>
/// <param name="start">Where the first of them is.</param>
internal sealed class PngData(ReadOnlyMemory<byte> file, int start) : Stream
{
    private ReadOnlyMemory<byte> _rest;
    private int _next = start;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="InvalidFaceImageException">A chunk is cut off or damaged.</exception>
    public override int Read(Span<byte> buffer)
    {
        while (_rest.IsEmpty)
        {
            var chunk = PngChunk.At(file.Span, _next);
            if (!chunk.Is("IDAT"u8))
            {
                return 0;
            }

            _rest = file.Slice(chunk.End - chunk.Data.Length - 4, chunk.Data.Length);
            _next = chunk.End;
        }

        var count = Math.Min(buffer.Length, _rest.Length);
        _rest.Span[..count].CopyTo(buffer);
        _rest = _rest[count..];
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}

using System.Buffers;

namespace Frat;

/// <summary>
/// Stands between writers that write synchronously, if only now and then, and a stream that may refuse that, such as an HTTP answer. Keeps
/// what is written until <see cref="DrainAsync"/>, or until the next asynchronous write.
/// </summary>
internal sealed class ReportOutput(Stream output) : Stream
{
    /// <summary>How many bytes go out at once.</summary>
    public const int Enough = 64 * 1024;

    private readonly ArrayBufferWriter<byte> _kept = new(2 * Enough);

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Whether so much is kept that it should go out.</summary>
    public bool IsFull => _kept.WrittenCount >= Enough;

    /// <summary>Writes out what is kept. The stream itself is neither flushed nor closed.</summary>
    public async ValueTask DrainAsync(CancellationToken cancellationToken)
    {
        if (_kept.WrittenCount > 0)
        {
            await output.WriteAsync(_kept.WrittenMemory, cancellationToken).ConfigureAwait(false);
            _kept.ResetWrittenCount();
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => _kept.Write(buffer);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _kept.Write(buffer.Span);
        if (IsFull)
        {
            await DrainAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}

namespace Frat.Dlib;

/// <summary>
/// The bytes of a model file, which know where they are: what is wrong with them is told with the file and the offset. Not thread-safe.
/// </summary>
/// <param name="stream">A seekable stream at its beginning; it is disposed with this.</param>
/// <param name="fileName">The file's name for messages.</param>
internal abstract class BufferedFile(Stream stream, string fileName) : IDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly byte[] _buffer = new byte[BufferSize];
    private long _bufferOffset;
    private int _position;
    private int _filled;

    public string FileName { get; } = fileName;

    public long Length { get; } = stream.Length;

    public long Position => _bufferOffset + _position;

    public long Remaining => Length - Position;

    public void Dispose() => stream.Dispose();

    public ModelFileException Unexpected(long offset, string what, string found) => Fail(offset, $"{what}: found {found}");

    public ModelFileException Fail(long offset, string problem) => new(
        FileName,
        $"The model file '{FileName}' is damaged or of an unknown kind: at byte {offset} of {Length}, {problem}. "
        + "Delete it to have it pulled again.");

    protected byte ReadByte(string what)
    {
        if (_position == _filled)
        {
            Fill(what);
        }

        return _buffer[_position++];
    }

    protected void Read(Span<byte> destination, string what)
    {
        if (destination.Length > Remaining)
        {
            throw Fail(Position, $"the file ends inside of {what}");
        }

        while (destination.Length > 0)
        {
            if (_position == _filled)
            {
                Fill(what);
            }

            var count = Math.Min(destination.Length, _filled - _position);
            _buffer.AsSpan(_position, count).CopyTo(destination);
            _position += count;
            destination = destination[count..];
        }
    }

    protected void Skip(long count, string what)
    {
        while (count > 0)
        {
            if (_position == _filled)
            {
                Fill(what);
            }

            var step = (int)Math.Min(count, _filled - _position);
            _position += step;
            count -= step;
        }
    }

    private void Fill(string what)
    {
        _bufferOffset += _filled;
        _position = _filled = 0;
        try
        {
            _filled = stream.Read(_buffer);
        }
        catch (IOException exception)
        {
            throw new ModelFileException(FileName, $"The model file '{FileName}' can't be read: {exception.Message}", exception);
        }

        if (_filled == 0)
        {
            throw Fail(Position, $"the file ends inside of {what}");
        }
    }
}

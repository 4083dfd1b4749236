using System.Security.Cryptography;
using Frat.Vision;

namespace Frat.Onnx;

/// <summary>
/// Where an ONNX file comes from. Immutable. The file is read once, as a whole: weights in files beside it are refused, and no code is
/// loaded for it. A file is still data that a native library computes with: take it from whom you trust, and give its SHA-256.
/// </summary>
public sealed class OnnxModelSource
{
    private const long MaxBytes = 1L << 30;

    private readonly Func<CancellationToken, Task<byte[]>> _read;

    private OnnxModelSource(string fileName, Func<CancellationToken, Task<byte[]>> read) => (FileName, _read) = (fileName, read);

    /// <summary>The file's name, without its folder, for messages.</summary>
    public string FileName { get; }

    /// <summary>A file of one's own.</summary>
    /// <param name="path">Its path; it is opened when the model is loaded.</param>
    /// <param name="sha256">Its SHA-256 in 64 hexadecimal digits; null takes any content.</param>
    /// <returns>The source.</returns>
    /// <exception cref="ArgumentException">The path is empty, or the SHA-256 isn't one.</exception>
    public static OnnxModelSource FromFile(string path, string? sha256 = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        if (sha256 is not null && !(sha256.Length == 2 * SHA256.HashSizeInBytes && sha256.All(char.IsAsciiHexDigit)))
        {
            throw new ArgumentException("A SHA-256 has 64 hexadecimal digits.", nameof(sha256));
        }

        var name = Path.GetFileName(path);
        return new OnnxModelSource(name, cancellationToken => ReadAsync(path, name, sha256, cancellationToken));
    }

    /// <summary>A file that a manifest knows, such as one of <see cref="OnnxModels"/>.</summary>
    /// <param name="files">Where the model files are.</param>
    /// <param name="fileName">The file's name.</param>
    /// <returns>The source: the file's SHA-256 is checked each time that it is read.</returns>
    /// <exception cref="ArgumentException">No known file has that name.</exception>
    public static OnnxModelSource From(ModelFiles files, string fileName)
    {
        ArgumentNullException.ThrowIfNull(files);
        if (files.Known.All(file => file.Name != fileName))
        {
            throw new ArgumentException($"'{fileName}' is in no manifest of these model files.", nameof(fileName));
        }

        return new OnnxModelSource(fileName, async cancellationToken =>
        {
            using var content = await files.OpenAsync(fileName, cancellationToken).ConfigureAwait(false);
            var bytes = new byte[content.Length];
            await content.ReadExactlyAsync(bytes, cancellationToken).ConfigureAwait(false);
            return bytes;
        });
    }

    /// <summary>Reads the file.</summary>
    /// <exception cref="ModelFileException">It is missing, can't be read, or isn't the one that was meant.</exception>
    internal Task<byte[]> ReadAsync(CancellationToken cancellationToken) => _read(cancellationToken);

    private static async Task<byte[]> ReadAsync(string path, string name, string? sha256, CancellationToken cancellationToken)
    {
        byte[] content;
        try
        {
            var length = new FileInfo(path).Length;
            content = length <= MaxBytes
                ? await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false)
                : throw new ModelFileException(name, $"The model file {path} has {length} bytes; more than {MaxBytes} are not read.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException(name, $"The model file {path} can't be read: {e.Message}", e);
        }

        return sha256 is null || Convert.ToHexString(SHA256.HashData(content)).Equals(sha256, StringComparison.OrdinalIgnoreCase)
            ? content
            : throw new ModelFileException(name, $"The model file {path} has another SHA-256 than the one given: {sha256}.");
    }
}

using System.Text;

namespace Frat.Cli.Faces;

/// <summary>What a file is, by its first bytes; named for people who wonder why it was left out.</summary>
internal static class FileKind
{
    /// <summary>An image of a format that can be read.</summary>
    public const string Accepted = "JPEG, PNG or WebP";

    private const int Longest = 16;

    /// <returns><see cref="Accepted"/>, another format's name, or null.</returns>
    /// <exception cref="IOException">The file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file can't be read.</exception>
    public static string? Of(string path)
    {
        Span<byte> start = stackalloc byte[Longest];
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        return Of(start[..stream.ReadAtLeast(start, Longest, throwOnEndOfStream: false)]);
    }

    private static string? Of(ReadOnlySpan<byte> start) => start switch
    {
        [0xFF, 0xD8, 0xFF, ..] or [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => Accepted,
        [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => Accepted,
        [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "GIF",
        [(byte)'B', (byte)'M', _, _, _, _, 0, 0, ..] => "BMP",
        [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => "TIFF or a raw format",
        [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] when start.Length >= 12 => Encoding.ASCII.GetString(
            start[8..12]) switch
        {
            "avif" or "avis" => "AVIF",
            "heic" or "heix" or "hevc" or "heim" or "heis" or "mif1" or "msf1" => "HEIC",
            _ => null,
        },
        [0xFF, 0x0A, ..] or [0, 0, 0, 12, (byte)'J', (byte)'X', (byte)'L', ..] => "JPEG XL",
        _ => null,
    };
}

using System.ComponentModel.DataAnnotations;

namespace Frat;

/// <summary>What the image decoder accepts and how much it uses. The defaults suit a process of 512 MiB.</summary>
public sealed class ImageDecoderOptions
{
    internal const int DefaultMaxSide = 2048;

    /// <summary>The largest file, in bytes. Reading of a stream stops there. Default: 20 MiB.</summary>
    [Range(1024, 1024 * 1024 * 1024)]
    public int MaxBytes { get; set; } = 20 * 1024 * 1024;

    /// <summary>
    /// The most pixels that a picture may have, checked in its header. Default: 200 million, as the largest cameras of phones have. Whether
    /// so large a picture is decoded is up to <see cref="MaxCostMilliseconds"/>.
    /// </summary>
    [Range(1L, 1_000_000_000L)]
    public long MaxPixels { get; set; } = 200_000_000;

    /// <summary>
    /// The processor time, in milliseconds, that decoding a picture may take, as it is estimated from the picture's header before anything
    /// is decoded: from its pixels, its format and coding, its scans, and the file's bytes. The estimate is for one core of a server, and
    /// for a picture that is slow for its size. All of it is for files of 6 MB and more, a quarter of it for the smallest ones, and what
    /// lies between in proportion: much work must not be had for a few bytes. Default: 800 (200 for the smallest files), which takes JPEGs
    /// of 108 million pixels, and progressive ones of 24 million.
    /// </summary>
    [Range(10, 600_000)]
    public int MaxCostMilliseconds { get; set; } = 800;

    /// <summary>
    /// The most memory, in bytes, of a picture that has to be there as a whole while it is decoded: WebP, PNG that is interlaced, and JPEG
    /// in several scans (progressive), at 1 to 8 bytes a pixel. Large ones are decoded one at a time. Default: 150 million, which takes
    /// progressive JPEGs of 24 million pixels.
    /// </summary>
    [Range(1L, int.MaxValue)]
    public long MaxWholeBytes { get; set; } = 150_000_000;

    /// <summary>
    /// The longest side of the result, in pixels: a larger picture is made smaller, keeping its proportions; a JPEG may come out up to
    /// a third below it, where the decoder gets there by itself. A picture within it keeps every pixel as it is. Default: 2 048.
    /// </summary>
    [Range(64, 16_384)]
    public int MaxSide { get; set; } = DefaultMaxSide;

    /// <summary>How many pictures are decoded at once; further ones wait. Default: the number of processors.</summary>
    [Range(1, 1024)]
    public int MaxConcurrency { get; set; } = Environment.ProcessorCount;
}

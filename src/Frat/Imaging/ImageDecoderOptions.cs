using System.ComponentModel.DataAnnotations;

namespace Frat;

/// <summary>What the image decoder accepts and how much it uses. The defaults suit a process of 512 MiB.</summary>
public sealed class ImageDecoderOptions
{
    /// <summary>The largest file, in bytes. Reading of a stream stops there. Default: 20 MiB.</summary>
    [Range(1024, 1024 * 1024 * 1024)]
    public int MaxBytes { get; set; } = 20 * 1024 * 1024;

    /// <summary>
    /// The most pixels that a picture may have, checked in its header. Default: 100 million. Large pictures stay cheap only if they
    /// can be made smaller while they are decoded, which is so for PNG and for the JPEGs of cameras and phones; see <see cref="MaxWholePixels"/>.
    /// </summary>
    [Range(1L, 1_000_000_000L)]
    public long MaxPixels { get; set; } = 100_000_000;

    /// <summary>
    /// The most pixels of a picture that has to be in memory as a whole while it is decoded: WebP, PNG that is interlaced, and JPEG in several
    /// scans (progressive). Such a picture takes 3 to 8 bytes a pixel for a moment; large ones are decoded one at a time.
    /// Default: 16 million, which peak at about 130 MB.
    /// </summary>
    [Range(1L, 1_000_000_000L)]
    public long MaxWholePixels { get; set; } = 16_000_000;

    /// <summary>
    /// The longest side of the result, in pixels: a larger picture is made smaller, keeping its proportions; a JPEG may come out up to
    /// a third below it, where the decoder gets there by itself. A picture within it keeps every pixel as it is. Default: 2 048.
    /// </summary>
    [Range(64, 16_384)]
    public int MaxSide { get; set; } = 2048;

    /// <summary>How many pictures are decoded at once; further ones wait. Default: the number of processors.</summary>
    [Range(1, 1024)]
    public int MaxConcurrency { get; set; } = Environment.ProcessorCount;
}

using System.Buffers.Binary;
using SkiaSharp;

namespace Frat;

/// <summary>
/// How a JPEG's picture is spread over scans (ITU-T T.81, annex B). With more than one scan, a decoder keeps the coefficients of the whole
/// picture in memory, and runs over all of it once a scan: a small file of very many scans would take minutes.
/// </summary>
internal sealed class JpegScans
{
    /// <summary>Encoders write about ten scans, and those that look for the best order a dozen.</summary>
    public const int Max = 20;

    private const int Side = 8;
    private const int Coefficients = 64;
    private const int MaxComponents = 4;
    private const byte StartOfImage = 0xD8;
    private const byte EndOfImage = 0xD9;
    private const byte StartOfScan = 0xDA;
    private const byte Application1 = 0xE1;
    private const byte Unsent = byte.MaxValue;

    private readonly (byte Id, long Blocks)[] _components;

    // For each coefficient of each component, how many of its lower bits no scan has sent.
    private readonly byte[] _open;

    private JpegScans(ReadOnlySpan<byte> frame, bool isProgressive)
    {
        (Height, Width) = (BinaryPrimitives.ReadUInt16BigEndian(frame[3..]), BinaryPrimitives.ReadUInt16BigEndian(frame[5..]));
        var count = Math.Min(Math.Min(frame[7], (frame.Length - 8) / 3), MaxComponents);
        _components = new (byte, long)[count];
        _open = new byte[count * Coefficients];
        _open.AsSpan().Fill(Unsent);
        NeedWholePicture = isProgressive;
        var (widest, highest) = (1, 1);
        for (var i = 0; i < count; i++)
        {
            widest = Math.Max(widest, Across(frame, i));
            highest = Math.Max(highest, Down(frame, i));
        }

        var units = (long)((Width + (widest * Side) - 1) / (widest * Side)) * ((Height + (highest * Side) - 1) / (highest * Side));
        for (var i = 0; i < count; i++)
        {
            _components[i] = (frame[8 + (i * 3)], units * Across(frame, i) * Down(frame, i));
            Blocks += _components[i].Blocks;
        }
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>Blocks of 8×8 samples, of all components.</summary>
    public long Blocks { get; }

    /// <summary>Scans in the file; those behind the first that is too many aren't counted.</summary>
    public int Count { get; private set; }

    /// <summary>Blocks that the scans run over, all together.</summary>
    public long Visits { get; private set; }

    /// <summary>Coefficients that the scans look at again, all together.</summary>
    public long Refinements { get; private set; }

    /// <summary>True when the first scan doesn't hold the picture.</summary>
    public bool NeedWholePicture { get; private set; }

    /// <summary>True when the mark at the end is there.</summary>
    public bool HasEnd { get; private set; }

    /// <summary>True when the scans that begin in the file send each coefficient to the last bit.</summary>
    public bool AreAllThere => !_open.AsSpan().ContainsAnyExcept((byte)0);

    /// <summary>Where the first row and column belong.</summary>
    public SKEncodedOrigin Origin { get; private set; } = SKEncodedOrigin.TopLeft;

    /// <summary>
    /// Reads the markers up to the end of the image, or to one scan too many. What it can't follow is left for the decoder to refuse.
    /// </summary>
    /// <returns>The scans, or null when the file has no frame.</returns>
    public static JpegScans? Read(ReadOnlySpan<byte> file)
    {
        JpegScans? scans = null;
        var origin = default(SKEncodedOrigin?);
        var position = 2;
        while (NextMarker(file, ref position) is { } marker)
        {
            if (marker == EndOfImage)
            {
                scans?.HasEnd = true;
                break;
            }

            if (position + 2 > file.Length)
            {
                break;
            }

            var segment = file.Slice(position, Math.Min(BinaryPrimitives.ReadUInt16BigEndian(file[position..]), file.Length - position));
            if (IsStartOfFrame(marker) && segment.Length > 8)
            {
                // Types 2, 6, 10 and 14 are the progressive ones. A second frame is an error to every decoder.
                scans ??= new JpegScans(segment, isProgressive: (marker & 3) == 2);
            }
            else if (marker == StartOfScan && scans?.Add(segment) == false)
            {
                break;
            }
            else if (marker == Application1
                && scans is not { Count: > 0 }
                && segment is [_, _, (byte)'E', (byte)'x', (byte)'i', (byte)'f', 0, 0, ..])
            {
                origin ??= ExifOrientation.Read(segment[8..]);
            }

            position += segment.Length;
        }

        scans?.Origin = origin ?? SKEncodedOrigin.TopLeft;
        return scans;
    }

    private static int Across(ReadOnlySpan<byte> frame, int component) => Math.Clamp(frame[9 + (component * 3)] >> 4, 1, 4);

    private static int Down(ReadOnlySpan<byte> frame, int component) => Math.Clamp(frame[9 + (component * 3)] & 15, 1, 4);

    // Finds the next marker that has a segment or ends the image, over entropy-coded data, restart markers, and what is reserved: a decoder
    // that looks for its place steps over these without looking at a length.
    private static byte? NextMarker(ReadOnlySpan<byte> file, ref int position)
    {
        while (position < file.Length && file[position..].IndexOf((byte)0xFF) is >= 0 and var skip)
        {
            position += skip + 1;
            while (position < file.Length && file[position] == 0xFF)
            {
                position++;
            }

            if (position < file.Length && file[position++] is var marker && marker is (>= 0xC0 and < 0xD0) or > StartOfImage)
            {
                return marker;
            }
        }

        return null;
    }

    // C4, C8 and CC lie in the range, but are tables and an extension.
    private static bool IsStartOfFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);

    private bool Add(ReadOnlySpan<byte> scan)
    {
        if (++Count > Max)
        {
            return false;
        }

        if (scan.Length < 3 || scan.Length < 6 + (scan[2] * 2))
        {
            return true;
        }

        NeedWholePicture |= scan[2] < _components.Length;
        var end = scan[(3 + (scan[2] * 2))..];
        var (first, last, isRefinement, open) = (end[0], Math.Min((int)end[1], Coefficients - 1), end[2] >> 4 > 0, (byte)(end[2] & 15));
        for (var i = 0; i < scan[2]; i++)
        {
            var id = scan[3 + (i * 2)];
            var component = Array.FindIndex(_components, known => known.Id == id);
            var blocks = component < 0 ? Blocks : _components[component].Blocks;
            Visits += blocks;
            if (first > last)
            {
                continue;
            }

            Refinements += isRefinement ? blocks * (last - first + 1) : 0;
            if (component >= 0)
            {
                _open.AsSpan((component * Coefficients) + first, last - first + 1).Fill(open);
            }
        }

        return true;
    }
}

using System.Buffers.Binary;

namespace Frat;

/// <summary>
/// How a JPEG's picture is spread over scans (ITU-T T.81, annex B). With more than one scan, a decoder keeps the coefficients of
/// the whole picture in memory, and runs over all of it once a scan: a small file of very many scans would take minutes.
/// </summary>
/// <param name="Count">Scans in the file.</param>
/// <param name="NeedWholePicture">True when the first scan doesn't hold the picture.</param>
/// <param name="Width">Pixels in a row, of the first frame; 0 when there is none.</param>
/// <param name="Height">Rows of the first frame; 0 when there is none.</param>
internal readonly record struct JpegScans(int Count, bool NeedWholePicture, int Width, int Height)
{
    /// <summary>Encoders write about ten scans; no picture needs more than this.</summary>
    public const int Max = 100;

    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;

    /// <summary>Reads the markers up to the end of the image. What it can't follow is left for the decoder to refuse.</summary>
    public static JpegScans Read(ReadOnlySpan<byte> file)
    {
        var scans = 0;
        var components = 0;
        var whole = false;
        var (width, height) = (0, 0);
        var position = 2;
        while (NextMarker(file, ref position) is { } marker and not EndOfImage)
        {
            if (position + 2 > file.Length)
            {
                break;
            }

            var segment = file[position..];
            if (IsStartOfFrame(marker) && segment.Length > 7)
            {
                // Types 2, 6, 10 and 14 are the progressive ones.
                whole |= (marker & 3) == 2;
                components = segment[7];
                if (width == 0)
                {
                    (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(segment[3..]), BinaryPrimitives.ReadUInt16BigEndian(segment[5..]));
                }
            }
            else if (marker == StartOfScan && segment.Length > 2)
            {
                scans++;
                whole |= segment[2] < components;
            }

            position += BinaryPrimitives.ReadUInt16BigEndian(segment);
        }

        return new JpegScans(scans, whole, width, height);
    }

    // Finds the next marker that has a segment or ends the image, over entropy-coded data and restart markers.
    private static byte? NextMarker(ReadOnlySpan<byte> file, ref int position)
    {
        while (position < file.Length && file[position..].IndexOf((byte)0xFF) is >= 0 and var skip)
        {
            position += skip + 1;
            while (position < file.Length && file[position] == 0xFF)
            {
                position++;
            }

            if (position < file.Length && file[position++] is not (0x00 or 0x01 or (>= 0xD0 and <= 0xD8)) and var marker)
            {
                return marker;
            }
        }

        return null;
    }

    // C4, C8 and CC lie in the range, but are tables and an extension.
    private static bool IsStartOfFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
}

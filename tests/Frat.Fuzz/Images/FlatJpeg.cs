namespace Frat.Fuzz.Images;

/// <summary>
/// Writes JPEGs of one gray (ITU-T T.81): each code is a single 0 bit that says "no difference" or "end of block", so entropy-coded
/// data is zeros. Skia's encoder writes neither several scans nor four components.
/// </summary>
internal static class FlatJpeg
{
    // One code of one bit, for the symbol 0.
    private static readonly byte[] OneCode = [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="components">1 for gray, 4 for CMYK.</param>
    /// <param name="blocks">How many blocks of each component are there; null for all.</param>
    public static byte[] Baseline(int width, int height, byte components, int? blocks = null) =>
    [
        .. Start(0xC0, width, height, components),
        .. Segment(0xDA, [components, .. Enumerable.Range(1, components).SelectMany(id => new byte[] { (byte)id, 0 }), 0, 63, 0]),
        .. Zeros((blocks ?? Blocks(width, height)) * components * 2),
        0xFF, 0xD9,
    ];

    /// <summary>A gray picture of one scan for the mean values, and further ones for the frequencies, one after the other.</summary>
    public static byte[] Progressive(int width, int height, int scans, int? blocks = null)
    {
        var count = blocks ?? Blocks(width, height);
        var zeros = Zeros(count);
        return
        [
            .. Start(0xC2, width, height, components: 1),
            .. Segment(0xDA, [1, 1, 0, 0, 0, 0]), .. zeros,
            .. Enumerable.Range(1, scans - 1)
                .SelectMany(i => (byte[])[.. Segment(0xDA, [1, 1, 0, (byte)(1 + (i % 63)), (byte)(1 + (i % 63)), 0]), .. zeros]),
            0xFF, 0xD9,
        ];
    }

    private static byte[] Start(byte frame, int width, int height, byte components) =>
    [
        0xFF, 0xD8,
        .. Segment(0xDB, [0, .. Enumerable.Repeat((byte)1, 64)]),
        .. Segment(frame, [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, components,
            .. Enumerable.Range(1, components).SelectMany(id => new byte[] { (byte)id, 0x11, 0 })]),
        .. Segment(0xC4, [0x00, .. OneCode]),
        .. Segment(0xC4, [0x10, .. OneCode]),
    ];

    private static int Blocks(int width, int height) => ((width + 7) / 8) * ((height + 7) / 8);

    private static byte[] Zeros(int bits) => new byte[(bits + 7) / 8];

    private static byte[] Segment(byte marker, byte[] content) =>
        [0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content];
}

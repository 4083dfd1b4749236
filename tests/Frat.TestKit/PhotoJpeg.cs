using System.Numerics;

namespace Frat.TestKit;

/// <summary>
/// Writes JPEGs of kinds that Skia's encoder does not write (ITU-T T.81): progressive, with spectral selection and successive
/// approximation, and of four components. Its codes are plain, so that files are larger than need be.
/// </summary>
public static class PhotoJpeg
{
    private const int Side = 8;
    private const int Block = Side * Side;
    private const int Quantum = 12;

    private static readonly int[] ZigZag = MakeZigZag();

    /// <param name="width">Pixels in a row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="components">1 for gray, 3 for YCbCr, 4 for CMYK.</param>
    /// <param name="isProgressive">Several scans, or one.</param>
    /// <param name="sample">The value at a column and a row of a component.</param>
    public static byte[] Encode(int width, int height, int components, bool isProgressive, Func<int, int, int, byte> sample)
    {
        var (across, down) = ((width + Side - 1) / Side, (height + Side - 1) / Side);
        var blocks = new int[components][][];
        for (var component = 0; component < components; component++)
        {
            var of = component;
            blocks[component] = [.. Enumerable.Range(0, across * down).Select(i => Coefficients(
                (x, y) => sample(Math.Min((i % across * Side) + x, width - 1), Math.Min((i / across * Side) + y, height - 1), of)))];
        }

        using var file = new MemoryStream();
        file.Write([0xFF, 0xD8]);
        Segment(file, 0xDB, [0, .. Enumerable.Repeat((byte)Quantum, Block)]);
        Segment(file, isProgressive ? (byte)0xC2 : (byte)0xC0,
            [8, (byte)(height >> 8), (byte)height, (byte)(width >> 8), (byte)width, (byte)components, .. Enumerable.Range(1, components)
                .SelectMany(id => new byte[] { (byte)id, 0x11, 0 })]);

        // For the means 12 codes of 4 bits; for the frequencies 128 codes of 8 bits and 128 of 9: the symbols in order.
        Segment(file, 0xC4, [0x00, 0, 0, 0, 12, .. new byte[12], .. Enumerable.Range(0, 12).Select(i => (byte)i)]);
        Segment(file, 0xC4, [0x10, .. new byte[7], 128, 128, .. new byte[7], .. Enumerable.Range(0, 256).Select(i => (byte)i)]);
        if (isProgressive)
        {
            Scan(
                file,
                blocks,
                [.. Enumerable.Range(0, components)],
                0,
                0,
                0,
                1,
                (bits, block, state, i) => Mean(bits, block[0] >> 1, state, i));
            for (var component = 0; component < components; component++)
            {
                Scan(file, blocks, [component], 1, 5, 0, 0, (bits, block, _, _) => Frequencies(bits, block, 1, 5, 0));
                Scan(file, blocks, [component], 6, 63, 0, 1, (bits, block, _, _) => Frequencies(bits, block, 6, 63, 1));
                Scan(file, blocks, [component], 6, 63, 1, 0, (bits, block, _, _) => Refine(bits, block, 6, 63));
            }

            Scan(file, blocks, [.. Enumerable.Range(0, components)], 0, 0, 1, 0, (bits, block, _, _) => bits.Write(block[0] & 1, 1));
        }
        else
        {
            Scan(file, blocks, [.. Enumerable.Range(0, components)], 0, 63, 0, 0, (bits, block, state, i) =>
            {
                Mean(bits, block[0], state, i);
                Frequencies(bits, block, 1, 63, 0);
            });
        }

        file.Write([0xFF, 0xD9]);
        return file.ToArray();
    }

    private static void Scan(
        Stream file, int[][][] blocks, int[] components, byte first, byte last, int high, int low, Action<Bits, int[], int[], int> write)
    {
        Segment(file, 0xDA, [
            (byte)components.Length,
            .. components.SelectMany(component => new byte[] { (byte)(component + 1), 0 }),
            first,
            last,
            (byte)((high << 4) | low)
        ]);
        var bits = new Bits(file);
        var means = new int[blocks.Length];
        for (var i = 0; i < blocks[0].Length; i++)
        {
            foreach (var component in components)
            {
                write(bits, blocks[component][i], means, component);
            }
        }

        bits.End();
    }

    private static void Mean(Bits bits, int value, int[] before, int component)
    {
        var difference = value - before[component];
        before[component] = value;
        var size = Size(difference);
        bits.Write(size, 4);
        bits.Write(difference < 0 ? difference - 1 : difference, size);
    }

    private static void Frequencies(Bits bits, int[] block, int first, int last, int low)
    {
        var zeros = 0;
        for (var i = first; i <= last; i++)
        {
            // Magnitudes are shifted, not the numbers.
            var value = block[i] < 0 ? -(-block[i] >> low) : block[i] >> low;
            if (value == 0)
            {
                zeros++;
                continue;
            }

            for (; zeros > 15; zeros -= 16)
            {
                Symbol(bits, 0xF0);
            }

            Symbol(bits, (zeros << 4) | Size(value));
            bits.Write(value < 0 ? value - 1 : value, Size(value));
            zeros = 0;
        }

        if (zeros > 0)
        {
            Symbol(bits, 0);
        }
    }

    // The last bit of those that are not zero without it, and those that are not zero with it (figure G.7).
    private static void Refine(Bits bits, int[] block, int first, int last)
    {
        var end = last;
        while (end >= first && Math.Abs(block[end]) != 1)
        {
            end--;
        }

        var zeros = 0;
        var corrections = new List<int>();
        for (var i = first; i <= last; i++)
        {
            var magnitude = Math.Abs(block[i]);
            if (magnitude > 1)
            {
                corrections.Add(magnitude & 1);
                continue;
            }

            if (magnitude == 0)
            {
                if (++zeros == 16 && i < end)
                {
                    Symbol(bits, 0xF0);
                    corrections.ForEach(bit => bits.Write(bit, 1));
                    corrections.Clear();
                    zeros = 0;
                }

                continue;
            }

            Symbol(bits, (zeros << 4) | 1);
            bits.Write(block[i] < 0 ? 0 : 1, 1);
            corrections.ForEach(bit => bits.Write(bit, 1));
            corrections.Clear();
            zeros = 0;
        }

        if (zeros > 0 || corrections.Count > 0)
        {
            Symbol(bits, 0);
            corrections.ForEach(bit => bits.Write(bit, 1));
        }
    }

    private static void Symbol(Bits bits, int symbol) => bits.Write(symbol < 128 ? symbol : symbol + 128, symbol < 128 ? 8 : 9);

    private static int Size(int value) => 32 - BitOperations.LeadingZeroCount((uint)Math.Abs(value));

    // The cosine transform by its definition (A.3.3), quantized, in the order of the file.
    private static int[] Coefficients(Func<int, int, byte> sample)
    {
        var result = new int[Block];
        for (var i = 0; i < Block; i++)
        {
            var (v, u) = (ZigZag[i] / Side, ZigZag[i] % Side);
            var sum = 0.0;
            for (var y = 0; y < Side; y++)
            {
                for (var x = 0; x < Side; x++)
                {
                    sum += (sample(x, y) - 128) * Math.Cos(((2 * x) + 1) * u * Math.PI / 16) * Math.Cos(((2 * y) + 1) * v * Math.PI / 16);
                }
            }

            result[i] = (int)Math.Round(sum * (u == 0 ? Math.Sqrt(0.5) : 1) * (v == 0 ? Math.Sqrt(0.5) : 1) / 4 / Quantum);
        }

        return result;
    }

    private static int[] MakeZigZag() =>
    [
        .. Enumerable.Range(0, Block).OrderBy(i => (i / Side) + (i % Side))
            .ThenBy(i => ((i / Side) + (i % Side)) % 2 == 0 ? i % Side : i / Side),
    ];

    private static void Segment(Stream file, byte marker, byte[] content) =>
        file.Write([0xFF, marker, (byte)((content.Length + 2) >> 8), (byte)(content.Length + 2), .. content]);

    /// <summary>Bits of entropy-coded data: behind a byte of ones stands a zero.</summary>
    private sealed class Bits(Stream file)
    {
        private int _byte;
        private int _count;

        public void Write(int value, int count)
        {
            while (count-- > 0)
            {
                _byte = (_byte << 1) | ((value >> count) & 1);
                if (++_count == 8)
                {
                    file.WriteByte((byte)_byte);
                    if (_byte == 0xFF)
                    {
                        file.WriteByte(0);
                    }

                    (_byte, _count) = (0, 0);
                }
            }
        }

        public void End()
        {
            while (_count > 0)
            {
                Write(1, 1);
            }
        }
    }
}

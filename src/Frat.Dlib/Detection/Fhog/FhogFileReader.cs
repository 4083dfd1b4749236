using System.Buffers.Binary;

namespace Frat.Dlib;

/// <summary>Reads the file of a <see cref="FhogModel"/>, which is used once.</summary>
internal sealed class FhogFileReader(ReadOnlyMemory<byte> file)
{
    private const uint Version = 1;
    private const int MaxDetectors = 64;

    private static readonly byte[] Magic = "FHOG"u8.ToArray();
    private int _position;

    public FhogModel Read()
    {
        if (!file.Span.StartsWith(Magic))
        {
            throw Damaged("does not begin with FHOG");
        }

        _position = Magic.Length;
        Expect("version", Version);
        CheckSum();
        Expect("cell size", OrientationHistograms.CellSize);
        Expect("window width in pixels", FhogFilters.Taps * OrientationHistograms.CellSize);
        Expect("window height in pixels", FhogFilters.Taps * OrientationHistograms.CellSize);
        Expect("padding", 0);
        Expect("window width in cells", FhogFilters.Taps);
        Expect("window height in cells", FhogFilters.Taps);
        Expect("feature planes", FhogFeatures.Planes);
        var maxLevels = Integer("pyramid levels", 1, int.MaxValue);
        var minWidth = Integer("level width", 1, int.MaxValue);
        var minHeight = Integer("level height", 1, int.MaxValue);
        var intersection = Fraction("overlap");
        var covered = Fraction("covered part");
        var filters = Filters(Integer("detectors", 1, MaxDetectors));
        return _position == file.Length - sizeof(ulong)
            ? new FhogModel(filters, maxLevels, minWidth, minHeight, intersection, covered)
            : throw Damaged("goes on after its last filter");
    }

    private FhogFilters Filters(int detectors)
    {
        var thresholds = new double[detectors];
        var filters = new List<SeparableFilter>();
        for (var detector = 0; detector < detectors; detector++)
        {
            thresholds[detector] = BitConverter.UInt64BitsToDouble(BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(double))));
            for (var plane = 0; plane < FhogFeatures.Planes; plane++)
            {
                for (var count = Integer("filters", 0, FhogFilters.Taps); count > 0; count--)
                {
                    filters.Add(new SeparableFilter(detector, plane, Taps(), Taps()));
                }
            }
        }

        return new FhogFilters(thresholds, filters);
    }

    private float[] Taps()
    {
        var taps = new float[FhogFilters.Taps];
        for (var i = 0; i < taps.Length; i++)
        {
            taps[i] = BinaryPrimitives.ReadSingleLittleEndian(Take(sizeof(float)));
        }

        return taps;
    }

    private void CheckSum()
    {
        if (file.Length < _position + sizeof(ulong))
        {
            throw Damaged("is cut off");
        }

        var sum = 0xcbf29ce484222325UL;
        foreach (var value in file.Span[Magic.Length..^sizeof(ulong)])
        {
            sum = (sum ^ value) * 0x100000001b3UL;
        }

        if (sum != BinaryPrimitives.ReadUInt64LittleEndian(file.Span[^sizeof(ulong)..]))
        {
            throw Damaged("has a wrong checksum");
        }
    }

    private void Expect(string name, uint expected)
    {
        var value = BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));
        if (value != expected)
        {
            throw Damaged($"has {value} as its {name}, where only {expected} is known");
        }
    }

    private int Integer(string name, int min, int max)
    {
        var value = BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));
        return value >= min && value <= max ? (int)value : throw Damaged($"has {value} as its {name}");
    }

    private double Fraction(string name)
    {
        var value = BitConverter.UInt64BitsToDouble(BinaryPrimitives.ReadUInt64LittleEndian(Take(sizeof(double))));
        return value is >= 0 and <= 1 ? value : throw Damaged($"has {value} as its {name}");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > file.Length - _position)
        {
            throw Damaged("is cut off");
        }

        _position += count;
        return file.Span.Slice(_position - count, count);
    }

    private ModelFileException Damaged(string what) =>
        new(FhogModel.FileName, $"{FhogModel.FileName} {what} (before byte {_position}): it is damaged, or another kind of file.");
}

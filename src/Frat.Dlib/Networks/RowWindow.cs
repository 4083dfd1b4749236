namespace Frat.Dlib;

/// <summary>
/// Some rows of an image that is never in memory as a whole: rows are added at the bottom, and dropped at the top. Above and below the
/// image lie rows of zeros, as many as the next layer pads with.
/// </summary>
/// <remarks>Not thread-safe, but that different pixels may be written at the same time.</remarks>
internal sealed unsafe class RowWindow : IDisposable
{
    /// <param name="channels">Channels of a pixel.</param>
    /// <param name="padding">What the next layer pads with.</param>
    public RowWindow(int channels, int padding) => Map = new FeatureMap(channels, padding);

    /// <summary>The rows; the first one is that at the top of the border.</summary>
    public FeatureMap Map { get; }

    /// <summary>Rows of the whole image.</summary>
    public int Height { get; private set; }

    /// <summary>The first row that is there; those below 0 are zero.</summary>
    public int First { get; private set; }

    /// <summary>Behind the last row that is there.</summary>
    public int End { get; private set; }

    /// <summary>Starts with another image.</summary>
    /// <param name="height">Its rows.</param>
    /// <param name="width">Its columns.</param>
    /// <param name="capacity">How many rows are looked at at a time, without the padding.</param>
    public void Reset(int height, int width, int capacity)
    {
        Height = height;
        Map.Resize(images: 1, capacity, width);
        First = End = -Map.Border;
        AddZeros(0);
    }

    /// <summary>Drops all rows above one.</summary>
    public void DropAbove(int row)
    {
        if (row > First)
        {
            var kept = Math.Max(End - row, 0);
            if (kept > 0)
            {
                var length = (int)(kept * Map.RowStride);
                new Span<float>(Start(row), length).CopyTo(new Span<float>(Start(First), length));
            }

            (First, End) = (row, row + kept);
        }
    }

    /// <summary>The row of <see cref="Map"/> that holds a row of the image.</summary>
    public int MapRow(int row) => row - First - Map.Border;

    /// <summary>Takes rows in that were written behind the last one.</summary>
    public void Added(int rows) => End += rows;

    /// <summary>Adds rows of zeros, up to a row outside of the image.</summary>
    public void AddZeros(int end)
    {
        if (end > End)
        {
            new Span<float>(Start(End), (int)((end - End) * Map.RowStride)).Clear();
            End = end;
        }
    }

    public void Dispose() => Map.Dispose();

    private float* Start(int row) => Map.Pixel(0, MapRow(row), -Map.Border);
}

namespace Frat.Dlib;

/// <summary>Some rows of the features of a tiled pyramid; they move down over it and are computed once. Not thread-safe.</summary>
internal sealed class FeatureWindow : IDisposable
{
    // Tiles overlap by 21 pixels, which are computed twice. Larger ones waste less, and need more memory: this is 3.5 MB of pixels,
    // and three times as much inside the network.
    private const int TileRows = 32;
    private const int TileColumns = 128;

    private readonly TiledPyramid _pyramid;
    private readonly MmodNetwork _network;
    private readonly int _columns;
    private readonly int _capacity;
    private readonly int _tileColumns;
    private readonly PooledArray<float> _features;
    private readonly PooledArray<float> _pixels;
    private int _first;
    private int _count;

    /// <param name="pyramid">The pixels.</param>
    /// <param name="network">Computes features.</param>
    /// <param name="columns">All columns of features.</param>
    /// <param name="capacity">The most rows at a time.</param>
    public FeatureWindow(TiledPyramid pyramid, MmodNetwork network, int columns, int capacity)
    {
        _pyramid = pyramid;
        _network = network;
        _columns = columns;
        _capacity = capacity;
        _tileColumns = MmodScanner.Split(columns, TileColumns);
        _features = new PooledArray<float>((long)MmodNetworkLayers.Features * capacity * columns, clear: true);
        _pixels = new PooledArray<float>(
            (long)MmodNetworkLayers.Channels * MmodNetworkLayers.PixelsOf(Math.Min(TileRows, capacity)) * MmodNetworkLayers.PixelsOf(_tileColumns),
            clear: true);
    }

    /// <summary>Moves to other rows; those that are there already are kept.</summary>
    /// <param name="start">The first row, not before the last one.</param>
    /// <param name="end">Behind the last row.</param>
    /// <param name="cancellationToken">Gives up between tiles.</param>
    public void MoveTo(int start, int end, CancellationToken cancellationToken)
    {
        var kept = Math.Max(_first + _count - start, 0);
        for (var plane = 0; plane < MmodNetworkLayers.Features; plane++)
        {
            if (kept > 0 && start > _first)
            {
                Rows(plane, start - _first, kept).CopyTo(Rows(plane, 0, kept));
            }
        }

        (_first, _count) = (start, kept);
        while (_first + _count < end)
        {
            var rows = Math.Min(TileRows, end - _first - _count);
            for (var column = 0; column < _columns; column += _tileColumns)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Compute(_first + _count, rows, column, Math.Min(_tileColumns, _columns - column));
            }

            _count += rows;
        }
    }

    /// <summary>Copies all planes of a part of the window.</summary>
    public void Copy(int row, int rows, int column, int columns, Span<float> planes)
    {
        for (var plane = 0; plane < MmodNetworkLayers.Features; plane++)
        {
            for (var y = 0; y < rows; y++)
            {
                Rows(plane, row - _first + y, 1).Slice(column, columns).CopyTo(planes[(((plane * rows) + y) * columns)..]);
            }
        }
    }

    public void Dispose()
    {
        _features.Dispose();
        _pixels.Dispose();
    }

    private void Compute(int row, int rows, int column, int columns)
    {
        var (height, width) = (MmodNetworkLayers.PixelsOf(rows), MmodNetworkLayers.PixelsOf(columns));
        var pixels = _pixels.Array.AsMemory(0, MmodNetworkLayers.Channels * height * width);
        _pyramid.Copy(column * MmodNetworkLayers.Step, row * MmodNetworkLayers.Step, width, height, _network.Settings.Average, pixels.Span);
        using var outputs = _network.Stem(pixels, height, width);
        var features = outputs[0].GetTensorDataAsSpan<float>();
        for (var plane = 0; plane < MmodNetworkLayers.Features; plane++)
        {
            for (var y = 0; y < rows; y++)
            {
                features.Slice(((plane * rows) + y) * columns, columns).CopyTo(Rows(plane, row - _first + y, 1)[column..]);
            }
        }
    }

    private Span<float> Rows(int plane, int row, int rows) => _features.Array.AsSpan(((plane * _capacity) + row) * _columns, rows * _columns);
}

namespace Frat.Dlib;

/// <summary>The rows of each layer of the detector's network, for one call at a time.</summary>
internal sealed class MmodRows : IDisposable
{
    // Rows of scores that are computed together: few enough for the caches, and whole tiles of the convolutions.
    private const int Strip = 16;

    private readonly Workers _workers;
    private readonly PyramidRows _pixels = new();
    private readonly Convolution[] _convolutions;
    private readonly ConvolutionRows[] _layers;
    private readonly MmodScores _scores;
    private readonly FeatureMap _parts;

    public MmodRows(Convolution[] convolutions, MmodScores scores, int threads)
    {
        _workers = new Workers(threads);
        _scores = scores;
        _parts = new FeatureMap(scores.Columns);
        _convolutions = convolutions;
        _layers = new ConvolutionRows[convolutions.Length];
        for (var i = 0; i < _layers.Length; i++)
        {
            var padding = i + 1 < convolutions.Length ? -convolutions[i + 1].FirstRow(0) : MmodScores.Reach;
            _layers[i] = new ConvolutionRows(convolutions[i], i == 0 ? _pixels : _layers[i - 1], padding, _workers);
        }
    }

    /// <summary>Finds all places of an image.</summary>
    public void Run(
        TiledPyramid pyramid, (float Red, float Green, float Blue) average, List<MmodHit> hits, CancellationToken cancellationToken)
    {
        Reset(pyramid, average);
        var last = _layers[^1];
        for (var row = 0; row < last.Window.Height; row += Strip)
        {
            var count = Math.Min(Strip, last.Window.Height - row);
            last.Window.DropAbove(row - MmodScores.Reach);
            last.Produce(row + count + MmodScores.Reach, cancellationToken);
            _scores.Run(last.Window.Map, _parts, row, count, hits, _workers);
        }

        _pixels.Pyramid = null;
    }

    public void Dispose()
    {
        _workers.Dispose();
        _pixels.Window.Dispose();
        Array.ForEach(_layers, layer => layer.Dispose());
        _parts.Dispose();
    }

    // A layer is asked for the rows of a strip, and at first for those that the following layers' padding needs as well.
    private void Reset(TiledPyramid pyramid, (float Red, float Green, float Blue) average)
    {
        var rows = new int[_layers.Length];
        var asked = Strip + MmodScores.Reach;
        for (var i = _layers.Length - 1; i >= 0; i--)
        {
            rows[i] = asked;
            asked = _convolutions[i].EndRow(asked);
        }

        _pixels.Reset(pyramid, average, asked);
        for (var i = 0; i < _layers.Length; i++)
        {
            _layers[i].Reset(rows[i]);
        }

        _parts.Resize(images: 1, Strip, _layers[^1].Window.Map.Width);
    }
}

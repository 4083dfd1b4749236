using System.Collections.Concurrent;

namespace Frat.Dlib;

/// <summary>A place where the network's score is above 0, in features of the tiled pyramid.</summary>
internal readonly record struct MmodHit(int Column, int Row, float Score);

/// <summary>The network of dlib's CNN face detector.</summary>
/// <remarks>
/// Thread-safe: calls may run at the same time, each in buffers of its own. Dispose it when no call runs any more. Rows run through all
/// layers together, a few at a time: each layer keeps only the rows that the next one still needs.
/// </remarks>
internal sealed class MmodNetwork : IDisposable
{
    private readonly Convolution[] _convolutions;
    private readonly MmodScores _scores;
    private readonly ConcurrentBag<MmodRows> _rows = [];
    private readonly int _threads;

    private MmodNetwork(NetworkParameters parameters, MmodSettings settings, int threads)
    {
        Settings = settings;
        _threads = threads;
        var layers = MmodNetworkLayers.Layers;
        var convolutions = Enumerable.Range(0, layers.Count).Where(i => layers[i] is NetworkLayer.Convolution).ToArray();
        _convolutions = new Convolution[convolutions.Length - 1];
        var channels = MmodNetworkLayers.Channels;
        for (var i = 0; i < _convolutions.Length; i++)
        {
            _convolutions[i] = Convolution.Create(
                (NetworkLayer.Convolution)layers[convolutions[i]],
                parameters.Take(convolutions[i]),
                channels,
                int.MaxValue,
                DotKernel.Best);
            channels = _convolutions[i].Channels;
        }

        _scores = new MmodScores(
            (NetworkLayer.Convolution)layers[convolutions[^1]], channels, parameters.Take(convolutions[^1]), DotKernel.Best);
    }

    public MmodSettings Settings { get; }

    /// <summary>Reads the weights and prepares the network.</summary>
    /// <param name="reader">The file <see cref="MmodNetworkLayers.FileName"/>.</param>
    /// <param name="threads">How many threads compute one image, at least 1.</param>
    /// <exception cref="ModelFileException">The file is missing, damaged or of another kind.</exception>
    public static MmodNetwork Load(DlibFileReader reader, int threads)
    {
        var (parameters, settings) = MmodFile.Read(reader);
        return new MmodNetwork(parameters, settings, threads);
    }

    /// <summary>Finds all places of an image.</summary>
    /// <param name="pyramid">The image; it has at least one place.</param>
    /// <param name="hits">Gets the places.</param>
    /// <param name="cancellationToken">Cancels the call between some rows and the next.</param>
    public void Run(TiledPyramid pyramid, List<MmodHit> hits, CancellationToken cancellationToken)
    {
        var rows = _rows.TryTake(out var free) ? free : new MmodRows(_convolutions, _scores, _threads);
        try
        {
            rows.Run(pyramid, Settings.Average, hits, cancellationToken);
        }
        finally
        {
            _rows.Add(rows);
        }
    }

    public void Dispose()
    {
        Array.ForEach(_convolutions, convolution => convolution.Dispose());
        _scores.Dispose();
        while (_rows.TryTake(out var rows))
        {
            rows.Dispose();
        }
    }
}

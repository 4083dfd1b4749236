using Microsoft.ML.OnnxRuntime;

namespace Frat.Dlib;

/// <summary>The two halves of dlib's CNN face detector, run by ONNX Runtime on the CPU.</summary>
/// <remarks>Thread-safe: calls may run at the same time. Dispose it when no call runs any more.</remarks>
internal sealed class MmodNetwork : IDisposable
{
    private readonly NetworkSession _stem;
    private readonly NetworkSession _head;

    private MmodNetwork(NetworkSession stem, NetworkSession head, MmodSettings settings)
    {
        _stem = stem;
        _head = head;
        Settings = settings;
    }

    public MmodSettings Settings { get; }

    /// <summary>Reads the weights and prepares the network.</summary>
    /// <param name="reader">The file <see cref="MmodNetworkLayers.FileName"/>.</param>
    /// <param name="threads">How many threads compute one image, at least 1.</param>
    /// <exception cref="ModelFileException">The file is missing, damaged or of another kind.</exception>
    public static MmodNetwork Load(DlibFileReader reader, int threads)
    {
        var (stemModel, headModel, settings) = MmodFile.Read(reader);
        var stem = NetworkSession.Create(stemModel, threads, reader.FileName);
        try
        {
            return new MmodNetwork(stem, NetworkSession.Create(headModel, threads, reader.FileName), settings);
        }
        catch
        {
            stem.Dispose();
            throw;
        }
    }

    /// <summary>Computes features.</summary>
    /// <param name="pixels">Three planes of normalised pixels.</param>
    /// <param name="height">Rows of a plane.</param>
    /// <param name="width">Columns of a plane.</param>
    /// <returns><see cref="MmodNetworkLayers.Features"/> planes; the caller disposes them.</returns>
    public IDisposableReadOnlyCollection<OrtValue> Stem(Memory<float> pixels, int height, int width) =>
        _stem.Run(pixels, [1, MmodNetworkLayers.Channels, height, width]);

    /// <summary>Computes the parts of scores.</summary>
    /// <param name="features"><see cref="MmodNetworkLayers.Features"/> planes.</param>
    /// <param name="height">Rows of a plane.</param>
    /// <param name="width">Columns of a plane.</param>
    /// <returns>
    /// <see cref="MmodNetworkLayers.HeadColumns"/> planes of the same size; the score at a column is the sum of the first plane four columns
    /// to the left, the second three columns to the left, and so on. The caller disposes them.
    /// </returns>
    public IDisposableReadOnlyCollection<OrtValue> Head(Memory<float> features, int height, int width) =>
        _head.Run(features, [1, MmodNetworkLayers.Features, height, width]);

    public void Dispose()
    {
        _stem.Dispose();
        _head.Dispose();
    }
}

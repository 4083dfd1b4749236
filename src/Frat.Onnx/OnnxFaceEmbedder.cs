using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;

namespace Frat.Onnx;

/// <summary>Encodes faces with an embedding network in an ONNX file, on the CPU. Encodings are of length 1.</summary>
/// <remarks>
/// <para>
/// Thread-safe; one instance serves the process. At most <see cref="OnnxEmbedderOptions.MaxConcurrency"/> calls work at once, on the thread
/// pool; a call waits for its turn without holding a thread. The file is loaded once, by <see cref="LoadAsync"/> or else by the first
/// call; where that failed, the next call tries again. Pictures of a call go through the network together, eight at most, where the file
/// allows it, and else one after the other.
/// </para>
/// <para>
/// Disposing it doesn't wait: calls that run already end as if nothing had happened, and the network goes with the last of them.
/// </para>
/// </remarks>
public sealed class OnnxFaceEmbedder : IFaceEmbedder, IDisposable
{
    private readonly SessionLease<EmbeddingSession> _lease;
    private readonly WorkSlots _slots;
    private readonly EncoderInstruments _telemetry;

    /// <summary>Creates the embedder; nothing is loaded yet.</summary>
    /// <param name="source">Where the file comes from.</param>
    /// <param name="network">What the network takes and gives.</param>
    /// <param name="options">How it works; null for the defaults.</param>
    /// <param name="meters">Where its meter <c>Frat.Onnx</c> belongs; null makes one of its own.</param>
    /// <exception cref="ArgumentException">A value of <paramref name="network"/> can't be.</exception>
    /// <exception cref="OptionsValidationException">A value of <paramref name="options"/> is out of its range.</exception>
    public OnnxFaceEmbedder(
        OnnxModelSource source, OnnxNetwork network, OnnxEmbedderOptions? options = null, IMeterFactory? meters = null)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(network);
        network.Check();
        options ??= new OnnxEmbedderOptions();
        OptionChecks.Check(new OnnxEmbedderOptionsValidator(), options);
        Info = network.ToInfo() with { Way = options.Mirror ? FaceEncoderInfo.MirroredWay : FaceEncoderInfo.PlainWay };
        ChipFormat = network.ToChipFormat();
        _slots = new WorkSlots(options.MaxConcurrency, long.MaxValue);
        _telemetry = new EncoderInstruments(meters, OnnxTelemetry.MeterName, OnnxTelemetry.SpanPrefix);
        _lease = new SessionLease<EmbeddingSession>(
            typeof(OnnxFaceEmbedder),
            cancellationToken => EmbeddingSession.LoadAsync(source, network, options, cancellationToken));
    }

    /// <inheritdoc/>
    public FaceEncoderInfo Info { get; }

    /// <inheritdoc/>
    public FaceChipFormat ChipFormat { get; }

    /// <summary>Loads the network and runs it once, so that the first face doesn't wait for it. No more, once it is loaded.</summary>
    /// <param name="cancellationToken">Stops waiting; loading goes on for the other callers that wait for it.</param>
    /// <exception cref="ModelFileException">
    /// The file is missing or damaged, or of no network that takes and gives what was said. The next call tries again.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The embedder is disposed.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken = default)
    {
        using var use = _lease.Enter();
        await _lease.GetAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The embedder is disposed.</exception>
    public async ValueTask<IReadOnlyList<FaceEncoding>> EmbedAsync(
        IReadOnlyList<RgbImage> chips, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chips);
        if (chips.Any(chip => chip is null || chip.Width != ChipFormat.Size || chip.Height != ChipFormat.Size))
        {
            throw new ArgumentException($"A chip has {ChipFormat.Size}×{ChipFormat.Size} pixels.", nameof(chips));
        }

        cancellationToken.ThrowIfCancellationRequested();
        using var use = _lease.Enter();
        if (chips.Count == 0)
        {
            return [];
        }

        var session = await _lease.GetAsync(cancellationToken).ConfigureAwait(false);
        using var slot = await WaitAsync(cancellationToken).ConfigureAwait(false);
        return await Task.Run(() => Embed(session, chips, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Refuses new calls; the network goes with the last of those that run.</summary>
    public void Dispose()
    {
        _lease.Dispose();
        _telemetry.Dispose();
    }

    private async Task<WorkSlots.Slot> WaitAsync(CancellationToken cancellationToken)
    {
        using var timing = _telemetry.StartWaiting();
        return await _slots.WaitAsync(0, isUrgent: false, cancellationToken).ConfigureAwait(false);
    }

    private FaceEncoding[] Embed(
        EmbeddingSession session, IReadOnlyList<RgbImage> chips, CancellationToken cancellationToken)
    {
        using var timing = _telemetry.Start(OnnxTelemetry.EmbedStep);
        _telemetry.Encoded(chips.Count);
        return session.Embed(chips, cancellationToken);
    }
}

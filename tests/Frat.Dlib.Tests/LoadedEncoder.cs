using System.Diagnostics.Metrics;
using Frat.Vision;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Frat.Dlib.Tests;

/// <summary>An encoder on the real models, for all tests of a class.</summary>
public sealed class LoadedEncoder : IAsyncLifetime
{
    public DlibFaceEncoder Encoder { get; } = Create(new DlibOptions { Mirror = false });

    public static DlibFaceEncoder Create(DlibOptions options, string? folder = null, IMeterFactory? meters = null)
    {
        var files = folder is null
            ? TestModels.Files
            : new ModelFiles(
                [DlibModels.Manifest],
                Options.Create(new ModelOptions { Folder = folder, Sources = ModelSources.None }), NullLogger<ModelFiles>.Instance);
        return new DlibFaceEncoder(files, Options.Create(options), NullLogger<DlibFaceEncoder>.Instance, meters);
    }

    public Task InitializeAsync() => Encoder.LoadAsync();

    public Task DisposeAsync()
    {
        Encoder.Dispose();
        return Task.CompletedTask;
    }
}

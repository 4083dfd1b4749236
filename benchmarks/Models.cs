using Frat.Dlib;
using Frat.Vision;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Frat.Benchmarks;

/// <summary>dlib's real model files; a bar shows it where they are pulled first.</summary>
internal static class Models
{
    public static ModelFiles Files { get; } = new(
        [DlibModels.Manifest],
        Options.Create(new ModelOptions()),
        NullLogger<ModelFiles>.Instance,
        Console.IsErrorRedirected ? null : new ModelProgressBar(Console.Error));
}

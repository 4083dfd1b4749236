using Frat.Vision;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Frat.Dlib;

/// <summary>
/// The real model files, in the cache that the host and the tools use too; the first use pulls them. It lives here and not in
/// Frat.TestKit, so that the other test projects don't carry the engine.
/// </summary>
internal static class TestModels
{
    private static readonly Lazy<ModelFiles> LazyFiles = new(Pull);
    private static readonly Lazy<string> LazyMmod = new(() => Files.GetAsync("mmod_human_face_detector.dat").GetAwaiter().GetResult());

    /// <summary>Ready to use: the default files are in the folder, verified.</summary>
    public static ModelFiles Files => LazyFiles.Value;

    /// <summary>The folder that holds the default files.</summary>
    public static string Folder => Files.Folder;

    /// <summary>The file of the CNN detector, which is not among the default files.</summary>
    public static string Mmod => LazyMmod.Value;

    private static ModelFiles Pull()
    {
        var files = new ModelFiles([DlibModels.Manifest], Options.Create(new ModelOptions()), NullLogger<ModelFiles>.Instance);
        foreach (var file in files.Known.Where(file => !file.Optional))
        {
            files.GetAsync(file.Name).GetAwaiter().GetResult();
        }

        return files;
    }
}

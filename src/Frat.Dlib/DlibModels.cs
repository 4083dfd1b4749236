using Frat.Vision;

namespace Frat.Dlib;

/// <summary>dlib's model files: their names, sizes, SHA-256, licences, and where they may be pulled from.</summary>
public static class DlibModels
{
    private static readonly Lazy<ModelManifest> LazyManifest = new(Read);

    /// <summary>
    /// The files, for <see cref="ModelFiles"/>:
    /// <c>new ModelFiles([DlibModels.Manifest], Options.Create(new ModelOptions()), logger)</c> where there is no service container.
    /// </summary>
    public static ModelManifest Manifest => LazyManifest.Value;

    private static ModelManifest Read()
    {
        using var stream = typeof(DlibModels).Assembly.GetManifestResourceStream("models.json")
            ?? throw new InvalidOperationException("The assembly lacks its resource models.json.");
        return ModelManifest.Read(stream);
    }
}

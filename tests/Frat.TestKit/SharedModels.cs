namespace Frat.TestKit;

/// <summary>
/// The folder of model files that no package registry has, beside the repository: <c>../shared/models</c>. They are not committed, and
/// whoever reads one checks its SHA-256.
/// </summary>
public static class SharedModels
{
    /// <summary>Its full path.</summary>
    public static string Folder { get; } = Find();

    /// <summary>The full path of a file.</summary>
    public static string PathOf(string file) => Path.Combine(Folder, file);

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "frat.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the repository.");
        }

        var models = Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared", "models"));
        return Directory.Exists(models) ? models : throw new InvalidOperationException(
            $"The tests need the folder {models} with mobilefacenet.onnx, yunet-n.onnx and minifasnet-v2-2.7.onnx.");
    }
}

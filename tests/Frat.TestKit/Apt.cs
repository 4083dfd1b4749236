namespace Frat.TestKit;

/// <summary>Debian's package client, for what tests need and the repository must not hold.</summary>
internal static class Apt
{
    /// <summary>Downloads a package's file into a folder, without installing it.</summary>
    public static void Download(string package, string folder) => WithLists(() => Command.Run("apt-get", ["download", package], folder));

    /// <summary>Installs packages; needs root.</summary>
    public static void Install(params string[] packages) =>
        WithLists(() => Command.Run("apt-get", ["install", "--yes", "--no-install-recommends", .. packages]));

    // A fresh machine has no package lists yet, and an old one may have outdated ones.
    private static void WithLists(Action action)
    {
        try
        {
            action();
        }
        catch (InvalidOperationException)
        {
            Command.Run("apt-get", ["update"]);
            action();
        }
    }
}

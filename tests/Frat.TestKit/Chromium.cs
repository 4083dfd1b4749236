namespace Frat.TestKit;

/// <summary>Debian's Chromium, which the browser tests drive.</summary>
public static class Chromium
{
    private const string Binary = "/usr/bin/chromium";
    private static readonly Lazy<string> LazyPath = new(Find);

    /// <summary>
    /// The browser's binary. Where it is missing, root on Debian gets it installed with apt, with a font for most scripts.
    /// </summary>
    /// <exception cref="InvalidOperationException">It is missing and can't be installed.</exception>
    public static string Path => LazyPath.Value;

    private static string Find()
    {
        using (TestCache.Lock("chromium"))
        {
            if (!File.Exists(Binary))
            {
                Install();
            }
        }

        return Binary;
    }

    private static void Install()
    {
        const string Advice = $"The browser tests need {Binary}: 'apt-get install chromium fonts-noto-core' installs it on Debian.";
        if (!Environment.IsPrivilegedProcess || !File.Exists("/usr/bin/apt-get"))
        {
            throw new InvalidOperationException($"{Advice} It was not done now, because that needs root and apt.");
        }

        try
        {
            Apt.Install("chromium", "fonts-noto-core");
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidOperationException($"{Advice} apt failed: {e.Message}", e);
        }

        if (!File.Exists(Binary))
        {
            throw new InvalidOperationException($"{Advice} apt installed the package, but the binary isn't there.");
        }
    }
}

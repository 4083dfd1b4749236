namespace Frat.TestKit;

/// <summary>Debian's nginx, installed with apt where it is missing.</summary>
public static class Nginx
{
    private const string Path = "/usr/sbin/nginx";

    /// <summary>The program.</summary>
    public static string Program
    {
        get
        {
            if (!File.Exists(Path))
            {
                Apt.Install("nginx-light");
            }

            return Path;
        }
    }
}

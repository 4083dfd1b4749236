using System.CommandLine;

namespace Frat.Cli.Keys;

/// <summary>The option that names the file with the keys of the templates.</summary>
internal static class KeysOption
{
    public static Option<string?> Create() => new("--keys")
    {
        Description =
            "The file with the keys of the templates. Default: FRAT_KEYS in the environment, or for SQLite the file beside the database.",
        HelpName = "FILE",
    };
}

using System.CommandLine;
using Frat.Cli.Database;
using Frat.Storage.EfCore;

namespace Frat.Cli.Keys;

/// <summary>The option that names the file with the keys of the templates.</summary>
internal static class KeysOption
{
    public static Option<string?> Create() => new("--keys")
    {
        Description = "The file with the keys of the templates. Default: FRAT_KEYS in the environment, or for SQLite the file beside the database.",
        HelpName = "FILE",
    };

    /// <summary>Where the keys of a database are when the environment doesn't have them.</summary>
    /// <returns>Null when no file is named and there is no usual one.</returns>
    public static string? FileOf(DatabaseAddress? database, string? named) =>
        named ?? (database?.Kind == DatabaseKind.Sqlite ? TemplateKeyFile.Beside(database.Name) : null);
}

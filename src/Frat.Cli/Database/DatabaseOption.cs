using System.CommandLine;
using Frat.Hosting;

namespace Frat.Cli.Database;

/// <summary>Options and arguments that name a database.</summary>
internal static class DatabaseOption
{
    /// <summary>FRAT's own database; required.</summary>
    public static Option<DatabaseAddress> Create(string name) => new(name)
    {
        Description = "FRAT's database: a path, a connection string of SQLite or PostgreSQL, or a URL (sqlite:///…, postgresql://…).",
        HelpName = "DATABASE",
        Required = true,
        CustomParser = result =>
        {
            try
            {
                return DatabaseAddress.Parse(result.Tokens.Single().Value);
            }
            catch (FormatException e)
            {
                result.AddError($"{name} {e.Message}");
                return null!;
            }
        },
    };

    /// <summary>Whether a file that has to be there is; if not, tells the user. A server answers for itself when it is called.</summary>
    public static bool Exists(this DatabaseAddress address, Terminal terminal)
    {
        var exists = address.Kind != DatabaseKind.Sqlite || File.Exists(address.Name);
        if (!exists)
        {
            terminal.WriteError($"{address.Name}: There is no such database.");
        }

        return exists;
    }
}

using Frat.Storage.EfCore;

namespace Frat.Hosting;

/// <summary>The keys of the section <c>Frat</c> that say where people and attendance are kept.</summary>
internal sealed class DatabaseSettings
{
    public const string DatabaseKey = "Frat:Database";
    public const string KeyFileKey = "Frat:KeyFile";
    public const string MigrateKey = "Frat:Migrate";
    public const string SchemaKey = "Frat:Schema";

    /// <summary>A path, a connection string or a URL.</summary>
    public string? Database { get; set; }

    /// <summary>The folder for <c>frat.db</c> where no database is named.</summary>
    public string? DataFolder { get; set; }

    /// <summary>
    /// The file with the keys of the templates. Without it they come from <c>FRAT_KEYS</c>, or for SQLite from the file beside the
    /// database.
    /// </summary>
    public string? KeyFile { get; set; }

    /// <summary>What becomes of an older schema at the start.</summary>
    public MigrateMode Migrate { get; set; }

    /// <summary>The schema of a PostgreSQL database.</summary>
    public string? Schema { get; set; }
}

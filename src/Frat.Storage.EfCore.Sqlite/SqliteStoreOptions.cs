namespace Frat.Storage.EfCore.Sqlite;

/// <summary>How FRAT keeps its records in an SQLite file.</summary>
public sealed class SqliteStoreOptions
{
    /// <summary>What becomes of an older schema. Default: it is brought up to date when the host starts.</summary>
    public MigrateMode Migrate { get; set; }
}

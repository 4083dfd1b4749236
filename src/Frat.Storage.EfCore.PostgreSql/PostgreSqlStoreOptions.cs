namespace Frat.Storage.EfCore.PostgreSql;

/// <summary>How FRAT keeps its records in a PostgreSQL database.</summary>
public sealed class PostgreSqlStoreOptions
{
    /// <summary>What becomes of an older schema. Default: it is brought up to date when the host starts.</summary>
    public MigrateMode Migrate { get; set; }

    /// <summary>
    /// The schema that all of FRAT's tables, functions and triggers are in; it is made where it is missing. Two schemas of one database
    /// are two stores that don't see each other: one for each tenant, or one beside an application's own tables. Lower-case letters,
    /// digits and underscores. Null, the default: the first of the connection's search path, which is <c>public</c> unless somebody set it.
    /// </summary>
    public string? Schema { get; set; }
}

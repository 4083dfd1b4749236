namespace Frat.Hosting;

/// <summary>Which kind of database an address names.</summary>
public enum DatabaseKind
{
    /// <summary>A file of SQLite's.</summary>
    Sqlite,

    /// <summary>A database of a PostgreSQL server.</summary>
    PostgreSql,
}

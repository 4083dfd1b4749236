namespace Frat.Storage.EfCore;

/// <summary>What becomes of a schema that is older than this version of FRAT, when a host starts or a store is first called.</summary>
public enum MigrateMode
{
    /// <summary>It is brought up to date; a database that has no tables of FRAT's gets them.</summary>
    AtStart,

    /// <summary>
    /// Nothing starts while migrations are pending, and the schema is not touched: it is brought up to date beforehand, by
    /// <see cref="IFratDatabase.MigrateAsync"/>, by <c>frat database migrate</c>, or by the script that <c>frat database script</c> prints.
    /// </summary>
    Verify,

    /// <summary>
    /// It is neither looked at nor touched. What is missing then fails where it is used: for accounts that may not read the table of
    /// migrations.
    /// </summary>
    Never,
}

using Microsoft.Data.Sqlite;

namespace Frat.Storage.EfCore.Sqlite.Tests;

/// <summary>A database file in a temporary folder of its own, deleted at the end.</summary>
internal sealed class SqliteTestFile : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("frat-sqlite-").FullName;

    public string Path => System.IO.Path.Combine(Folder, "frat.db");

    public string ConnectionString => $"Data Source={Path}";

    /// <summary>Opens the file beside FRAT, outside its pool.</summary>
    public SqliteConnection Open()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=False;Default Timeout=30");
        connection.Open();
        return connection;
    }

    public void Execute(string sql, params (string Name, object Value)[] parameters)
    {
        using var connection = Open();
        connection.Execute(sql, parameters);
    }

    public T Scalar<T>(string sql)
    {
        using var connection = Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (T)command.ExecuteScalar()!;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

internal static class SqliteConnectionExtensions
{
    public static void Execute(this SqliteConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }
}

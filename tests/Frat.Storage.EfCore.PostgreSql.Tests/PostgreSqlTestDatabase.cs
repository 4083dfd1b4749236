using Frat.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Frat.Storage.EfCore.PostgreSql.Tests;

/// <summary>A database on the tests' server, deleted at the end.</summary>
internal sealed class PostgreSqlTestDatabase : IDisposable
{
    // The tables are made once; each test's database is a copy.
    private static readonly Lazy<string> Template = new(MakeTemplate);

    public PostgreSqlTestDatabase(bool empty = false) => Name = Server.CreateDatabase(empty ? null : Template.Value);

    /// <summary>What templates are encrypted with.</summary>
    public static TemplateKeyRing Keys { get; } = new([TemplateKey.Create(DateTimeOffset.UnixEpoch)]);

    public static PostgresServer Server => PostgresServer.Shared;

    public string Name { get; }

    public string ConnectionString => Server.ConnectionString(Name) + ";Maximum Pool Size=20";

    /// <summary>Has FRAT use it, with keys for its templates unless the test brought some.</summary>
    public static void Use(FratBuilder builder, string connectionString)
    {
        if (builder.Services.All(service => service.ServiceType != typeof(ITemplateKeyProvider)))
        {
            builder.UseTemplateKeys(Keys);
        }

        builder.UsePostgreSql(connectionString);
    }

    public void Use(FratBuilder builder) => Use(builder, ConnectionString);

    /// <summary>Opens a connection beside FRAT, outside its pool.</summary>
    public NpgsqlConnection Open()
    {
        var connection = new NpgsqlConnection(ConnectionString + ";Pooling=False");
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
        using var command = new NpgsqlCommand(sql, connection);
        return (T)command.ExecuteScalar()!;
    }

    public void Dispose() => Server.DropDatabase(Name);

    private static string MakeTemplate()
    {
        using var database = new PostgreSqlTestDatabase(empty: true);
        var services = new ServiceCollection();
        new FratBuilder(services).UsePostgreSql(database.ConnectionString);
        using (var provider = services.BuildServiceProvider())
        {
            provider.GetRequiredService<FratDatabase>().PrepareAsync(CancellationToken.None).GetAwaiter().GetResult();
        }

        return Server.CreateDatabase(database.Name);
    }
}

internal static class NpgsqlConnectionExtensions
{
    public static void Execute(this NpgsqlConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        using var command = new NpgsqlCommand(sql, connection);
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }
}

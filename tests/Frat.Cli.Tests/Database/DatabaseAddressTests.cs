using Frat.Cli.Database;
using Npgsql;

namespace Frat.Cli.Tests.Database;

public sealed class DatabaseAddressTests
{
    [Theory]
    [InlineData("frat.db", "frat.db")]
    [InlineData("/var/lib/frat/frat.db", "/var/lib/frat/frat.db")]
    [InlineData("Data Source=frat.db", "frat.db")]
    [InlineData("sqlite:///frat.db", "frat.db")]
    [InlineData("sqlite:////var/lib/a%20b.db", "/var/lib/a b.db")]
    public void Parse_Sqlite_NamesTheFile(string text, string file) =>
        (DatabaseAddress.Parse(text).Kind, DatabaseAddress.Parse(text).Name).ShouldBe((DatabaseKind.Sqlite, file));

    [Theory]
    [InlineData("postgres://ada:p%40ss%3A@db.example:5433/frat?sslmode=require", 5433, "ada", "p@ss:", SslMode.Require)]
    [InlineData("postgresql+psycopg2://ada@db.example/frat", 5432, "ada", null, SslMode.Prefer)]
    [InlineData("Host=db.example;Database=frat;Username=ada;Password=p@ss:", 5432, "ada", "p@ss:", SslMode.Prefer)]
    public void Parse_PostgreSql_ReadsAllOfIt(string text, int port, string user, string? password, SslMode mode)
    {
        var address = DatabaseAddress.Parse(text);

        var connection = new NpgsqlConnectionStringBuilder(address.ConnectionString);
        (connection.Host, connection.Port, connection.Database, connection.Username, connection.Password, connection.SslMode)
            .ShouldBe(("db.example", port, "frat", user, password, mode));
        address.Kind.ShouldBe(DatabaseKind.PostgreSql);
        address.ToString().ShouldBe("frat on db.example");
    }

    [Theory]
    [InlineData("mysql://ada:secret-word@db/frat")]
    [InlineData("postgresql://")]
    [InlineData("postgresql://ada:secret-word@db/frat?sslmode=maybe")]
    [InlineData("Host=db;Secret-Word=secret-word")]
    [InlineData("Data Source=:memory:")]
    [InlineData("sqlite://")]
    [InlineData(" ")]
    public void Parse_WhatCannotBe_IsRefusedWithoutRepeatingIt(string text) =>
        Should.Throw<FormatException>(() => DatabaseAddress.Parse(text)).Message.ShouldNotContain("secret-word");
}

using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Npgsql;

namespace Frat.Hosting.Tests.Database;

public sealed class DatabaseAddressTests
{
    [Theory]
    [InlineData("data/a.db", "Data Source=b.db", "sqlite:///c.db", "/srv/data/a.db")]
    [InlineData("/var/a.db", null, null, "/var/a.db")]
    [InlineData("Data Source=/var/a.db;Default Timeout=5", null, null, "/var/a.db")]
    [InlineData(null, "Data Source=b.db", "sqlite:///c.db", "/srv/b.db")]
    [InlineData(null, null, "sqlite:///c.db", "/srv/c.db")]
    [InlineData(null, null, "sqlite:////var/my%20c.db?timeout=3", "/var/my c.db")]
    public void Read_WhatIsSet_GivesTheFullPath(string? database, string? connectionString, string? url, string path) =>
        Read(database, connectionString, url).ShouldBe(path);

    [Theory]
    [InlineData(
        "Host=db;Database=frat;Username=ada;Password=s3cret",
        null,
        null,
        "frat at db:5432",
        "Host=db;Database=frat;Username=ada;Password=s3cret")]
    [InlineData(null, "Server=db;Port=6000;Database=frat", "sqlite:///c.db", "frat at db:6000", "Host=db;Port=6000;Database=frat")]
    [InlineData(
        null, null, "postgres://ada:s3cret@db/frat", "frat at db:5432", "Host=db;Database=frat;Username=ada;Password=s3cret;Timeout=10")]
    [InlineData(null, null, "postgresql://ada@db:6000/frat", "frat at db:6000", "Host=db;Port=6000;Database=frat;Username=ada;Timeout=10")]
    [InlineData(
        "postgresql://ada:s3cret@db/frat", null, null, "frat at db:5432", "Host=db;Database=frat;Username=ada;Password=s3cret;Timeout=10")]
    [InlineData(
        null,
        null,
        "postgresql+psycopg2://ada:s%40cr%2Fet%3B@db/my%20frat",
        "my frat at db:5432",
        "Host=db;Database=my frat;Username=ada;Password=\"s@cr/et;\";Timeout=10")]
    [InlineData(
        null,
        null,
        "POSTGRES://ada:s@cret@db/frat?sslmode=verify-full&connect_timeout=5",
        "frat at db:5432",
        "Host=db;Database=frat;Username=ada;Password=s@cret;Timeout=5;SSL Mode=VerifyFull")]
    [InlineData(
        null,
        null,
        "postgresql:///frat?host=/var/run/postgresql&user=ada",
        "frat at /var/run/postgresql:5432",
        "Host=/var/run/postgresql;Database=frat;Username=ada;Timeout=10")]
    [InlineData(
        null, null, "postgresql://ada@[::1]:6000/frat", "frat at ::1:6000", "Host=::1;Port=6000;Database=frat;Username=ada;Timeout=10")]
    [InlineData(
        null,
        null,
        "postgresql://ada@one:6000,two:6001/frat?target_session_attrs=read-write",
        "frat at one:6000,two:6001:5432",
        "Host=one:6000,two:6001;Database=frat;Username=ada;Timeout=10;Target Session Attributes=read-write")]
    public void Read_PostgreSql_IsUnderstoodAndNamedWithoutItsPassword(
        string? database, string? connectionString, string? url, string name, string expected)
    {
        var address = ReadAddress(database, connectionString, url);

        address.Kind.ShouldBe(DatabaseKind.PostgreSql);
        address.Name.ShouldBe(name);
        address.ToString().ShouldBe(name);
        var (actual, wanted) = (new NpgsqlConnectionStringBuilder(address.ConnectionString), new NpgsqlConnectionStringBuilder(expected));
        actual.EquivalentTo(wanted).ShouldBeTrue(address.ConnectionString);
    }

    [Theory]
    [InlineData("Data Source=:memory:", null, null, "Frat:Database")]
    [InlineData(":memory:", null, null, "Frat:Database")]
    [InlineData("file:a.db?mode=memory", null, null, "Frat:Database")]
    [InlineData(null, "Server=x;Password=s3cret", null, "ConnectionStrings:Frat must name server and database")]
    [InlineData("Host=x;Database=y;Password=a;my s3cret;b=1", null, null, "Frat:Database")]
    [InlineData("Host=x;Database=y;Password=a;my s3cret=1", null, null, "Frat:Database is no connection string for PostgreSQL")]
    [InlineData(null, "Mode=ReadOnly", null, "ConnectionStrings:Frat")]
    [InlineData(null, null, "postgres://user:s3cret@server", "DATABASE_URL names no database")]
    [InlineData(null, null, "postgres://user:s3cret@/db", "DATABASE_URL names no server")]
    [InlineData(null, null, "postgres://user:s3cret@server:x/db", "DATABASE_URL names no port from 1 to 65535")]
    [InlineData(null, null, "postgresql://user:s3cret@server/db?sslmod=s3cret", "DATABASE_URL has a parameter that is not known: sslmod")]
    [InlineData(null, null, "postgresql://user:s3cret@server/db?sslmode=s3cret", "DATABASE_URL has a value that can't be used: sslmode")]
    [InlineData(null, null, "sqlite+aiosqlite://", "DATABASE_URL is not understood")]
    [InlineData(null, null, "mysql://user:s3cret@server/db", "DATABASE_URL is not understood")]
    [InlineData("mysql://user:s3cret@server/db", null, null, "Frat:Database is not understood")]
    [InlineData("mysql://user:s3cret@server/db?ssl=true", null, null, "Frat:Database is not understood")]
    [InlineData("jdbc:mysql://user:s3cret@server/db", null, null, "Frat:Database is not understood")]
    [InlineData("mongodb+srv://user:s3cret@server", null, null, "Frat:Database is not understood")]
    [InlineData("Data Source=mysql://user:s3cret@server/db", null, null, "Frat:Database is not understood")]
    [InlineData(null, "mysql://user:s3cret@server/db?ssl=true", null, "ConnectionStrings:Frat")]
    [InlineData("Data Source=a.db;s3cret=1", null, null, "Frat:Database is no connection string for SQLite")]
    [InlineData(null, null, "sqlite:///", "DATABASE_URL is not understood")]
    public void Read_WhatCantBeUsed_NamesTheKeyAndNoPassword(string? database, string? connectionString, string? url, string message)
    {
        var exception = Should.Throw<SettingException>(() => Read(database, connectionString, url));

        exception.Message.ShouldContain(message);
        exception.Message.ShouldNotContain("s3cret");
    }

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
        address.ToString().ShouldBe($"frat at db.example:{port}");
    }

    [Theory]
    [InlineData("mysql://ada:s3cret@db/frat")]
    [InlineData("mssql+pyodbc://ada:s3cret@db/frat")]
    [InlineData("postgresql://")]
    [InlineData("postgresql://ada:s3cret@db/frat?sslmode=maybe")]
    [InlineData("Host=db;S3cret=s3cret")]
    [InlineData("Data Source=:memory:")]
    [InlineData("sqlite://")]
    [InlineData(" ")]
    public void Parse_WhatCannotBe_IsRefusedWithoutRepeatingIt(string text) =>
        Should.Throw<FormatException>(() => DatabaseAddress.Parse(text)).ToString().ShouldNotContain("s3cret", Case.Insensitive);

    // What is not a key is not asked: the name of a file may have a sign in it.
    [Fact]
    public void Parse_FileThatIsThere_IsAPathWhateverItsName()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "a=b.db"), "");

            DatabaseAddress.Parse("a=b.db", folder.FullName).Name.ShouldBe(Path.Combine(folder.FullName, "a=b.db"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The application's own wait stays, where there is one, and so does what was asked of the server.
    [Fact]
    public void Parse_ByDefault_SetsNoTimeout()
    {
        new SqliteConnectionStringBuilder(DatabaseAddress.Parse("a.db").ConnectionString).DefaultTimeout.ShouldBe(30);
        new NpgsqlConnectionStringBuilder(DatabaseAddress.Parse("postgres://db/frat").ConnectionString).Timeout.ShouldBe(15);
        new SqliteConnectionStringBuilder(ReadAddress("a.db", null, null).ConnectionString).DefaultTimeout.ShouldBe(10);
    }

    [Fact]
    public void AsReadOnly_AddressOfEachKind_KeepsTheRest()
    {
        var server = DatabaseAddress.Parse("Host=db;Database=frat;Password=p;Options=-c search_path=a").AsReadOnly();
        var file = DatabaseAddress.Parse("Data Source=a.db;Default Timeout=3").AsReadOnly();

        new NpgsqlConnectionStringBuilder(server.ConnectionString).ShouldSatisfyAllConditions(
            builder => builder.Options.ShouldBe("-c search_path=a -c default_transaction_read_only=on"),
            builder => builder.Password.ShouldBe("p"));
        new SqliteConnectionStringBuilder(file.ConnectionString).ShouldSatisfyAllConditions(
            builder => builder.Mode.ShouldBe(SqliteOpenMode.ReadOnly), builder => builder.DefaultTimeout.ShouldBe(3));
        (server.Name, file.Name).ShouldBe(("frat at db:5432", Path.GetFullPath("a.db")));
    }

    private static string Read(string? database, string? connectionString, string? url) =>
        new SqliteConnectionStringBuilder(ReadAddress(database, connectionString, url).ConnectionString).DataSource;

    private static DatabaseAddress ReadAddress(string? database, string? connectionString, string? url) => DatabaseAddress.Read(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Frat:Database"] = database,
            ["ConnectionStrings:Frat"] = connectionString,
            ["DATABASE_URL"] = url,
        }).Build(),
        "/srv");
}

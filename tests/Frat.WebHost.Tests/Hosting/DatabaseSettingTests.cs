using Microsoft.Extensions.Configuration;

namespace Frat.WebHost.Tests.Hosting;

public sealed class DatabaseSettingTests
{
    [Theory]
    [InlineData(null, null, null, "/srv/frat.db")]
    [InlineData("data/a.db", "Data Source=b.db", "sqlite:///c.db", "/srv/data/a.db")]
    [InlineData("/var/a.db", null, null, "/var/a.db")]
    [InlineData("Data Source=/var/a.db;Default Timeout=5", null, null, "/var/a.db")]
    [InlineData(null, "Data Source=b.db", "sqlite:///c.db", "/srv/b.db")]
    [InlineData(null, null, "sqlite:///c.db", "/srv/c.db")]
    [InlineData(null, null, "sqlite:////var/my%20c.db?timeout=3", "/var/my c.db")]
    public void Read_WhatIsSet_GivesTheFullPath(string? database, string? connectionString, string? url, string path) =>
        Read(database, connectionString, url).ShouldBe(path);

    [Theory]
    [InlineData("Data Source=:memory:", null, null, "Frat:Database")]
    [InlineData(":memory:", null, null, "Frat:Database")]
    [InlineData("file:a.db?mode=memory", null, null, "Frat:Database")]
    [InlineData(null, "Server=x;Database=y", null, "ConnectionStrings:Frat")]
    [InlineData(null, "Mode=ReadOnly", null, "ConnectionStrings:Frat")]
    [InlineData(null, null, "postgres://user:password@server/db", "DATABASE_URL names a PostgreSQL database, which this version does not support yet")]
    [InlineData(null, null, "postgresql+psycopg2://user:password@server/db", "PostgreSQL")]
    [InlineData(null, null, "mysql://user:password@server/db", "DATABASE_URL is not understood")]
    [InlineData(null, null, "sqlite:///", "DATABASE_URL is not understood")]
    public void Read_WhatCantBeUsed_NamesTheKeyAndNoPassword(string? database, string? connectionString, string? url, string message)
    {
        var exception = Should.Throw<SettingException>(() => Read(database, connectionString, url));

        exception.Message.ShouldContain(message);
        exception.Message.ShouldNotContain("password");
    }

    private static string Read(string? database, string? connectionString, string? url) => DatabaseSetting.Read(
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Frat:Database"] = database,
            ["ConnectionStrings:Frat"] = connectionString,
            ["DATABASE_URL"] = url,
        }).Build(),
        "/srv").DataSource;
}

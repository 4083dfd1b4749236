using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Frat.WebHost;

/// <summary>For <c>eng/migrations.sh</c>, which makes the migrations.</summary>
internal sealed class SqliteHostDesign : IDesignTimeDbContextFactory<SqliteHostContext>
{
    public SqliteHostContext CreateDbContext(string[] args) =>
        new(HostContextDesign.Options<SqliteHostContext>().UseSqlite("Data Source=design-time.db").Options);
}

/// <inheritdoc cref="SqliteHostDesign"/>
internal sealed class PostgreSqlHostDesign : IDesignTimeDbContextFactory<PostgreSqlHostContext>
{
    public PostgreSqlHostContext CreateDbContext(string[] args) =>
        new(HostContextDesign.Options<PostgreSqlHostContext>().UseNpgsql("Host=localhost;Database=design_time").Options);
}

/// <summary>Identity's model asks the application's services for its version.</summary>
internal static class HostContextDesign
{
    public static DbContextOptionsBuilder<TContext> Options<TContext>()
        where TContext : DbContext => new DbContextOptionsBuilder<TContext>().UseApplicationServiceProvider(
            new ServiceCollection().Configure<IdentityOptions>(options => options.Stores.SchemaVersion = HostContext.IdentitySchema)
                .BuildServiceProvider());
}

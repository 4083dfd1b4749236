using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Frat.WebHost;

/// <summary>For <c>eng/migrations.sh</c>, which makes the migrations.</summary>
internal sealed class SqliteAccountsDesign : IDesignTimeDbContextFactory<SqliteAccountsContext>
{
    public SqliteAccountsContext CreateDbContext(string[] args) =>
        new(AccountsDesign.Options<SqliteAccountsContext>().UseSqlite("Data Source=design-time.db").Options);
}

/// <inheritdoc cref="SqliteAccountsDesign"/>
internal sealed class PostgreSqlAccountsDesign : IDesignTimeDbContextFactory<PostgreSqlAccountsContext>
{
    public PostgreSqlAccountsContext CreateDbContext(string[] args) =>
        new(AccountsDesign.Options<PostgreSqlAccountsContext>().UseNpgsql("Host=localhost;Database=design_time").Options);
}

/// <summary>Identity's model asks the application's services for its version.</summary>
internal static class AccountsDesign
{
    public static DbContextOptionsBuilder<TContext> Options<TContext>()
        where TContext : DbContext => new DbContextOptionsBuilder<TContext>().UseApplicationServiceProvider(
            new ServiceCollection().Configure<IdentityOptions>(options => options.Stores.SchemaVersion = AccountSetup.SchemaVersion)
                .BuildServiceProvider());
}

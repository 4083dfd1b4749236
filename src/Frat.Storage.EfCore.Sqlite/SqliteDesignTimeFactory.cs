using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Frat.Storage.EfCore.Sqlite;

/// <summary>For <c>eng/migrations.sh</c>, which makes the migrations.</summary>
internal sealed class SqliteDesignTimeFactory : IDesignTimeDbContextFactory<FratDbContext>
{
    public FratDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<FratDbContext>();
        SqliteContextOptions.Configure(options, "Data Source=design-time.db");
        return new FratDbContext(options.Options);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Npgsql;

namespace Frat.Storage.EfCore.PostgreSql;

/// <summary>For <c>eng/migrations.sh</c>, which makes the migrations. Nothing connects.</summary>
internal sealed class PostgreSqlDesignTimeFactory : IDesignTimeDbContextFactory<FratDbContext>
{
    public FratDbContext CreateDbContext(string[] args)
    {
        var options = new DbContextOptionsBuilder<FratDbContext>();
        PostgreSqlContextOptions.Configure(options, NpgsqlDataSource.Create("Host=localhost;Database=design-time"));
        return new FratDbContext(options.Options);
    }
}

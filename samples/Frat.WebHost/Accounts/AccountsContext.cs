using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Frat.WebHost;

/// <summary>The accounts and keys, in FRAT's database: ASP.NET Core Identity's tables under names of their own.</summary>
internal abstract class AccountsContext(DbContextOptions options) : IdentityUserContext<Account, Guid>(options)
{
    public const string HistoryTable = "frat_account_migrations";

    private const int MaxStoredLength = 100;

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<AccountRole>().HaveConversion<string>().HaveMaxLength(20);
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
    }

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        builder.Entity<Account>(account =>
        {
            account.ToTable("accounts");
            account.Property(row => row.UserName).HasMaxLength(Account.MaxNameLength).IsRequired();
            account.Property(row => row.NormalizedUserName).HasMaxLength(Account.MaxNameLength).IsRequired();
            account.HasIndex(row => row.PersonId);
        });
        builder.Entity<IdentityUserClaim<Guid>>().ToTable("account_claims");
        builder.Entity<IdentityUserLogin<Guid>>().ToTable("account_logins");
        builder.Entity<IdentityUserToken<Guid>>().ToTable("account_tokens");
        builder.Entity<IdentityUserPasskey<Guid>>().ToTable("account_passkeys");
        builder.Entity<ApiKey>(key =>
        {
            key.ToTable("api_keys");
            key.HasKey(row => row.Id);
            key.Property(row => row.Id).HasMaxLength(MaxStoredLength);
            key.Property(row => row.Name).HasMaxLength(ApiKey.MaxNameLength);
            key.Property(row => row.CreatedBy).HasMaxLength(MaxStoredLength);
            key.Property(row => row.Scopes).HasMaxLength(1000);
        });
    }

    private sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTime>(
        instant => instant.UtcDateTime,
        utc => new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)));
}

/// <summary>The one with SQLite's migrations.</summary>
internal sealed class SqliteAccountsContext(DbContextOptions<SqliteAccountsContext> options) : AccountsContext(options);

/// <summary>The one with PostgreSQL's migrations.</summary>
internal sealed class PostgreSqlAccountsContext(DbContextOptions<PostgreSqlAccountsContext> options) : AccountsContext(options);

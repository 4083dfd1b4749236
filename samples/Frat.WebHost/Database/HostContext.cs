using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Frat.WebHost;

/// <summary>
/// What the host keeps in FRAT's database beside FRAT's own: accounts (ASP.NET Core Identity's tables under names of their own), keys,
/// devices, PINs, settings.
/// </summary>
internal abstract class HostContext(DbContextOptions options) : IdentityUserContext<Account, Guid>(options)
{
    public const string HistoryTable = "frat_host_migrations";

    /// <summary>Of Identity's model: the first with passkeys.</summary>
    public static readonly Version IdentitySchema = IdentitySchemaVersions.Version3;

    private const int MaxStoredLength = 100;

    public DbSet<ApiKey> ApiKeys => Set<ApiKey>();

    public DbSet<Device> Devices => Set<Device>();

    public DbSet<DeviceEvent> DeviceEvents => Set<DeviceEvent>();

    public DbSet<Pin> Pins => Set<Pin>();

    public DbSet<Setting> Settings => Set<Setting>();

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        base.ConfigureConventions(configurationBuilder);
        configurationBuilder.Properties<AccountRole>().HaveConversion<string>().HaveMaxLength(20);
        configurationBuilder.Properties<DeviceEventKind>().HaveConversion<string>().HaveMaxLength(20);
        configurationBuilder.Properties<KioskTrigger>().HaveConversion<string>().HaveMaxLength(20);
        configurationBuilder.Properties<PunchDirection>().HaveConversion<string>().HaveMaxLength(20);
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
        builder.Entity<Device>(device =>
        {
            device.ToTable("devices");
            device.Property(row => row.Name).HasMaxLength(Device.MaxNameLength);
            device.Property(row => row.Site).HasMaxLength(MaxStoredLength);
            device.Property(row => row.CreatedBy).HasMaxLength(MaxStoredLength);
            device.Property(row => row.Camera).HasMaxLength(20);
            device.Property(row => row.Version).HasMaxLength(40);
            device.Property(row => row.CodeHash).IsConcurrencyToken(); // One code pairs one tablet.
        });
        builder.Entity<DeviceEvent>(line =>
        {
            line.ToTable("device_events");
            line.Property(row => row.Text).HasMaxLength(DeviceEvent.MaxTextLength);
            line.HasIndex(row => row.At);
            line.HasOne<Device>().WithMany().HasForeignKey(row => row.DeviceId).OnDelete(DeleteBehavior.Cascade);
            line.HasOne<FratPerson>().WithMany().HasForeignKey(row => row.PersonId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<FratPerson>(person =>
        {
            // FRAT's own table: named here only so that what is kept of a person here goes with the person.
            person.ToTable("people", table => table.ExcludeFromMigrations());
            person.Property(row => row.Id).HasColumnName("id");
        });
        builder.Entity<Pin>(pin =>
        {
            pin.ToTable("pins");
            pin.HasKey(row => row.PersonId);
            pin.Property(row => row.PersonId).ValueGeneratedNever();
            pin.Property(row => row.Hash).HasMaxLength(200);
            pin.Property(row => row.SetBy).HasMaxLength(MaxStoredLength);
            pin.HasOne<FratPerson>().WithOne().HasForeignKey<Pin>(row => row.PersonId).OnDelete(DeleteBehavior.Cascade);
        });
        builder.Entity<Setting>(setting =>
        {
            setting.ToTable("settings");
            setting.HasKey(row => row.Key);
            setting.Property(row => row.Key).HasMaxLength(Setting.MaxKeyLength);
            setting.Property(row => row.Value).HasMaxLength(Setting.MaxValueLength);
            setting.Property(row => row.ChangedBy).HasMaxLength(MaxStoredLength);
        });
    }

    private sealed class FratPerson
    {
        public Guid Id { get; init; }
    }

    private sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTime>(
        instant => instant.UtcDateTime,
        utc => new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)));
}

/// <summary>The one with SQLite's migrations.</summary>
internal sealed class SqliteHostContext(DbContextOptions<SqliteHostContext> options) : HostContext(options);

/// <summary>The one with PostgreSQL's migrations.</summary>
internal sealed class PostgreSqlHostContext(DbContextOptions<PostgreSqlHostContext> options) : HostContext(options);

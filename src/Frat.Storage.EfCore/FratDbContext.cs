using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Frat.Storage.EfCore;

/// <summary>FRAT's tables, for any relational provider.</summary>
/// <remarks>
/// Instants are kept as date-times in UTC: ISO text on SQLite, <c>timestamptz</c> on PostgreSQL. Both sort, round-trip to the
/// microsecond, and can be read by people and by the date functions of SQL, which a number of ticks can't. Enumerations are
/// kept by name.
/// </remarks>
internal sealed class FratDbContext(DbContextOptions<FratDbContext> options) : DbContext(options)
{
    public DbSet<PersonRow> People => Set<PersonRow>();

    public DbSet<ConsentRow> Consents => Set<ConsentRow>();

    public DbSet<TemplateRow> Templates => Set<TemplateRow>();

    public DbSet<TemplateChangeRow> TemplateChanges => Set<TemplateChangeRow>();

    public DbSet<PunchRow> Punches => Set<PunchRow>();

    public DbSet<PunchCorrectionRow> PunchCorrections => Set<PunchCorrectionRow>();

    public DbSet<AttendanceDayRow> AttendanceDays => Set<AttendanceDayRow>();

    public DbSet<AuditEntryRow> AuditEntries => Set<AuditEntryRow>();

    public DbSet<AuditSealRow> AuditSeals => Set<AuditSealRow>();

    public DbSet<AuditHeadRow> AuditHeads => Set<AuditHeadRow>();

    public DbSet<ScheduleRow> Schedules => Set<ScheduleRow>();

    public DbSet<DefaultScheduleRow> DefaultSchedules => Set<DefaultScheduleRow>();

    public DbSet<ScheduleAssignmentRow> ScheduleAssignments => Set<ScheduleAssignmentRow>();

    public DbSet<HolidayCalendarRow> HolidayCalendars => Set<HolidayCalendarRow>();

    public DbSet<HolidayRow> Holidays => Set<HolidayRow>();

    public DbSet<LeaveRow> Leaves => Set<LeaveRow>();

    public DbSet<InactivePeriodRow> InactivePeriods => Set<InactivePeriodRow>();

    public DbSet<DerivationRow> Derivations => Set<DerivationRow>();

    public DbSet<LeaveMarkRow> LeaveMarks => Set<LeaveMarkRow>();

    public DbSet<HeartbeatRow> Heartbeats => Set<HeartbeatRow>();

    public DbSet<ClockRow> Clocks => Set<ClockRow>();

    /// <summary>
    /// Entries for the audit trail: <see cref="AuditChain"/> writes them last of all, where nobody waits for the trail's end longer than
    /// for the commit.
    /// </summary>
    public List<AuditEntryRow> Trail { get; } = [];

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UtcConverter>();
        configurationBuilder.Properties<Actor>().HaveConversion<ActorConverter>().HaveMaxLength(StoredActor.MaxLength);
        configurationBuilder.Properties<PunchDirection>().HaveConversion<string>().HaveMaxLength(20);
        configurationBuilder.Properties<PunchMethod>().HaveConversion<string>().HaveMaxLength(20);
        configurationBuilder.Properties<ConsentBasis>().HaveConversion<string>().HaveMaxLength(20);
        configurationBuilder.Properties<AttendanceStatus>().HaveConversion<string>().HaveMaxLength(10);
        configurationBuilder.Properties<DayKind>().HaveConversion<string>().HaveMaxLength(20);
        configurationBuilder.Properties<LeavePart>().HaveConversion<string>().HaveMaxLength(20);
        configurationBuilder.Properties<LeaveKind>().HaveConversion<string>().HaveMaxLength(20);
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(FratDbContext).Assembly);
        foreach (var property in modelBuilder.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties()))
        {
            property.SetColumnName(SnakeCase(property.Name));
        }
    }

    // PostgreSQL folds names that are not quoted to lower case, so PascalCase would have to be quoted in every query by hand.
    private static string SnakeCase(string name)
    {
        var result = new StringBuilder(name.Length + 4);
        foreach (var letter in name)
        {
            if (char.IsAsciiLetterUpper(letter) && result.Length > 0)
            {
                result.Append('_');
            }

            result.Append(char.ToLowerInvariant(letter));
        }

        return result.ToString();
    }

    private sealed class UtcConverter() : ValueConverter<DateTimeOffset, DateTime>(
        instant => instant.UtcDateTime,
        utc => new DateTimeOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)));
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Frat.Storage.EfCore.Configurations;

internal sealed class ScheduleConfiguration : IEntityTypeConfiguration<ScheduleRow>
{
    public void Configure(EntityTypeBuilder<ScheduleRow> builder)
    {
        builder.ToTable("schedules");
        builder.HasKey(schedule => schedule.Id);
        builder.Property(schedule => schedule.Id).ValueGeneratedNever();
        builder.Property(schedule => schedule.Name).HasMaxLength(Schedule.MaxNameLength);
        builder.Property(schedule => schedule.TimeZone).HasMaxLength(Punch.MaxTimeZoneLength);
        builder.Property(schedule => schedule.Direction).HasConversion<string>().HasMaxLength(20);
        builder.Property(schedule => schedule.Hours).HasConversion<string>().HasMaxLength(20);
        builder.HasOne<HolidayCalendarRow>().WithMany().HasForeignKey(schedule => schedule.HolidayCalendarId)
            .OnDelete(DeleteBehavior.Restrict);
        builder.Property(schedule => schedule.Rounding).HasConversion<string>().HasMaxLength(20);
        builder.HasMany(schedule => schedule.Pattern).WithOne().HasForeignKey(row => row.ScheduleId).OnDelete(DeleteBehavior.Cascade);
        builder.Navigation(schedule => schedule.Pattern).AutoInclude();
        builder.HasIndex(schedule => schedule.Name).IsUnique();
    }
}

internal sealed class ShiftHoursConfiguration : IEntityTypeConfiguration<ShiftHoursRow>
{
    public void Configure(EntityTypeBuilder<ShiftHoursRow> builder)
    {
        builder.ToTable("shift_hours");
        builder.HasKey(row => new { row.ScheduleId, row.Week, row.Day, row.StartTime });
        builder.Property(row => row.Day).HasConversion<string>().HasMaxLength(10);
    }
}

internal sealed class DefaultScheduleConfiguration : IEntityTypeConfiguration<DefaultScheduleRow>
{
    public void Configure(EntityTypeBuilder<DefaultScheduleRow> builder)
    {
        builder.ToTable("default_schedules");
        builder.HasKey(row => row.FirstDate);
        builder.HasOne<ScheduleRow>().WithMany().HasForeignKey(row => row.ScheduleId).OnDelete(DeleteBehavior.Restrict);
    }
}

internal sealed class ScheduleAssignmentConfiguration : IEntityTypeConfiguration<ScheduleAssignmentRow>
{
    public void Configure(EntityTypeBuilder<ScheduleAssignmentRow> builder)
    {
        builder.ToTable("schedule_assignments");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.HasOne<PersonRow>().WithMany().HasForeignKey(row => row.PersonId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<ScheduleRow>().WithMany().HasForeignKey(row => row.ScheduleId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<HolidayCalendarRow>().WithMany().HasForeignKey(row => row.HolidayCalendarId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(row => new { row.PersonId, row.FirstDate }).IsUnique();
        builder.HasIndex(row => new { row.ScheduleId, row.PersonId });
    }
}

internal sealed class HolidayCalendarConfiguration : IEntityTypeConfiguration<HolidayCalendarRow>
{
    public void Configure(EntityTypeBuilder<HolidayCalendarRow> builder)
    {
        builder.ToTable("holiday_calendars");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Name).HasMaxLength(HolidayCalendar.MaxNameLength);
        builder.HasMany(row => row.Holidays).WithOne().HasForeignKey(row => row.CalendarId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => row.Name).IsUnique();
    }
}

internal sealed class HolidayConfiguration : IEntityTypeConfiguration<HolidayRow>
{
    public void Configure(EntityTypeBuilder<HolidayRow> builder)
    {
        builder.ToTable("holidays");
        builder.HasKey(row => new { row.CalendarId, row.Date });
        builder.Property(row => row.Name).HasMaxLength(HolidayCalendar.MaxNameLength);
    }
}

internal sealed class LeaveConfiguration : IEntityTypeConfiguration<LeaveRow>
{
    public void Configure(EntityTypeBuilder<LeaveRow> builder)
    {
        builder.ToTable("leaves");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
        builder.Property(row => row.Note).HasMaxLength(Leave.MaxNoteLength);
        builder.HasOne<PersonRow>().WithMany().HasForeignKey(row => row.PersonId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(row => new { row.PersonId, row.FirstDate });

        // For everybody's leaves of some dates of late.
        builder.HasIndex(row => row.LastDate);
    }
}

internal sealed class DerivationConfiguration : IEntityTypeConfiguration<DerivationRow>
{
    public void Configure(EntityTypeBuilder<DerivationRow> builder)
    {
        builder.ToTable("derivations");
        builder.HasKey(row => row.Sequence);
        builder.Property(row => row.Sequence).ValueGeneratedOnAdd();
    }
}

internal sealed class LeaveMarkConfiguration : IEntityTypeConfiguration<LeaveMarkRow>
{
    public void Configure(EntityTypeBuilder<LeaveMarkRow> builder)
    {
        builder.ToTable("leave_marks");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Frat.Storage.EfCore.Configurations;

internal sealed class AttendanceDayConfiguration : IEntityTypeConfiguration<AttendanceDayRow>
{
    public void Configure(EntityTypeBuilder<AttendanceDayRow> builder)
    {
        builder.ToTable("attendance_days");

        // The guard against marking a day twice.
        builder.HasKey(day => new { day.PersonId, day.Date });
        builder.Property(day => day.Status).HasMaxLength(10);
        builder.HasOne(day => day.Person).WithMany().HasForeignKey(day => day.PersonId).OnDelete(DeleteBehavior.Restrict);
        builder.HasOne<PunchRow>().WithMany().HasForeignKey(day => day.PunchId).OnDelete(DeleteBehavior.Restrict);

        // In the order in which days are read, so that a year of them is streamed without being sorted first.
        builder.HasIndex(day => new { day.Date, day.ListedAt }).IsDescending(true, false);

        // Few rows at a time: today's. What is null isn't looked for.
        builder.HasIndex(day => day.ClosesAt);
    }
}

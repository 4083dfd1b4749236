using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Frat.Storage.EfCore.Configurations;

internal sealed class PunchConfiguration : IEntityTypeConfiguration<PunchRow>
{
    public void Configure(EntityTypeBuilder<PunchRow> builder)
    {
        builder.ToTable("punches");
        builder.HasKey(punch => punch.Id);
        builder.Property(punch => punch.Id).ValueGeneratedNever();
        builder.Property(punch => punch.TimeZone).HasMaxLength(Punch.MaxTimeZoneLength);
        builder.Property(punch => punch.Source).HasMaxLength(Punch.MaxSourceLength);
        builder.Property(punch => punch.IdempotencyKey).HasMaxLength(Punch.MaxIdempotencyKeyLength);
        builder.Property(punch => punch.RequestDigest).HasMaxLength(Punch.MaxRequestDigestLength);
        builder.HasOne(punch => punch.Person).WithMany().HasForeignKey(punch => punch.PersonId).OnDelete(DeleteBehavior.Restrict);
        builder.HasMany(punch => punch.Corrections).WithOne().HasForeignKey(correction => correction.PunchId)
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(punch => new { punch.Source, punch.IdempotencyKey }).IsUnique();
        builder.HasIndex(punch => new { punch.PersonId, punch.LocalTime });

        // For everybody's punches of a span of dates, streamed in order.
        builder.HasIndex(punch => new { punch.LocalTime, punch.Id });

        // For what came since a moment.
        builder.HasIndex(punch => new { punch.ReceivedAt, punch.Id });
    }
}

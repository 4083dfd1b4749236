using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Frat.Storage.EfCore.Configurations;

internal sealed class PunchCorrectionConfiguration : IEntityTypeConfiguration<PunchCorrectionRow>
{
    public void Configure(EntityTypeBuilder<PunchCorrectionRow> builder)
    {
        builder.ToTable("punch_corrections");
        builder.HasKey(correction => correction.Id);
        builder.Property(correction => correction.Id).ValueGeneratedNever();
        builder.Property(correction => correction.Reason).HasMaxLength(PunchCorrection.MaxReasonLength);
        builder.HasOne<PersonRow>().WithMany().HasForeignKey(correction => correction.PersonId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(correction => correction.PunchId);
        builder.HasIndex(correction => new { correction.At, correction.Id });
        builder.HasIndex(correction => new { correction.PersonId, correction.LocalTime });
    }
}

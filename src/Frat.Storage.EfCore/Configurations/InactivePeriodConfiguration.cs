using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Frat.Storage.EfCore.Configurations;

internal sealed class InactivePeriodConfiguration : IEntityTypeConfiguration<InactivePeriodRow>
{
    public void Configure(EntityTypeBuilder<InactivePeriodRow> builder)
    {
        builder.ToTable("inactive_periods");
        builder.HasKey(period => period.Id);
        builder.Property(period => period.Id).ValueGeneratedNever();
        builder.HasOne<PersonRow>().WithMany().HasForeignKey(period => period.PersonId).OnDelete(DeleteBehavior.Cascade);
        builder.HasIndex(period => new { period.PersonId, period.Since });
    }
}

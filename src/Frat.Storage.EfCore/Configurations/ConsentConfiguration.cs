using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Frat.Storage.EfCore.Configurations;

internal sealed class ConsentConfiguration : IEntityTypeConfiguration<ConsentRow>
{
    public void Configure(EntityTypeBuilder<ConsentRow> builder)
    {
        builder.ToTable("consents");
        builder.HasKey(consent => consent.Id);
        builder.Property(consent => consent.Id).ValueGeneratedNever();
        builder.Property(consent => consent.TextVersion).HasMaxLength(Consent.MaxTextVersionLength);
        builder.Property(consent => consent.Purpose).HasMaxLength(Consent.MaxPurposeLength);
        builder.HasOne<PersonRow>().WithMany().HasForeignKey(consent => consent.PersonId).OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(consent => new { consent.PersonId, consent.GivenAt });
    }
}

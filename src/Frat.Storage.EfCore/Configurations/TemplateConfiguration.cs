using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Frat.Storage.EfCore.Configurations;

internal sealed class TemplateConfiguration : IEntityTypeConfiguration<TemplateRow>
{
    public void Configure(EntityTypeBuilder<TemplateRow> builder)
    {
        builder.ToTable("templates");
        builder.HasKey(template => template.Id);
        builder.Property(template => template.Id).ValueGeneratedNever();
        builder.Property(template => template.EncoderId).HasMaxLength(FaceEncoderInfo.MaxIdLength);
        builder.Ignore(template => template.Place);
        builder.Property(template => template.KeyId).HasMaxLength(TemplateKey.MaxIdLength);
        builder.Property(template => template.Quality).HasMaxLength(TemplateRow.MaxQualityLength);
        builder.HasOne(template => template.Person).WithMany().HasForeignKey(template => template.PersonId)
            .OnDelete(DeleteBehavior.Restrict);
        builder.HasIndex(template => new { template.PersonId, template.EncoderId });
        builder.HasIndex(template => template.EncoderId);
        builder.HasIndex(template => template.KeyId);
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Frat.Storage.EfCore.Configurations;

internal sealed class AuditSealConfiguration : IEntityTypeConfiguration<AuditSealRow>
{
    public void Configure(EntityTypeBuilder<AuditSealRow> builder)
    {
        builder.ToTable("audit_seals");
        builder.HasKey(seal => seal.Sequence);
        builder.Property(seal => seal.Sequence).ValueGeneratedNever();
        builder.Property(seal => seal.KeyId).HasMaxLength(TemplateKey.MaxIdLength);
    }
}

internal sealed class AuditHeadConfiguration : IEntityTypeConfiguration<AuditHeadRow>
{
    public void Configure(EntityTypeBuilder<AuditHeadRow> builder)
    {
        builder.ToTable("audit_head");
        builder.HasKey(head => head.Id);
        builder.Property(head => head.Id).ValueGeneratedNever();
        builder.Property(head => head.KeyId).HasMaxLength(TemplateKey.MaxIdLength);
    }
}

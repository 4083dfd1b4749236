using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Frat.Storage.EfCore.Configurations;

internal sealed class TemplateChangeConfiguration : IEntityTypeConfiguration<TemplateChangeRow>
{
    public void Configure(EntityTypeBuilder<TemplateChangeRow> builder)
    {
        builder.ToTable("template_changes");
        builder.HasKey(change => change.Sequence);
        builder.Property(change => change.Sequence).ValueGeneratedOnAdd();
    }
}

using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Frat.Storage.EfCore.Configurations;

internal sealed class AuditEntryConfiguration : IEntityTypeConfiguration<AuditEntryRow>
{
    public void Configure(EntityTypeBuilder<AuditEntryRow> builder)
    {
        builder.ToTable("audit_entries");
        builder.HasKey(entry => entry.Sequence);
        builder.Property(entry => entry.Sequence).ValueGeneratedOnAdd();
        builder.Property(entry => entry.By).HasMaxLength(StoredActor.MaxLength);
        builder.Property(entry => entry.Action).HasMaxLength(AuditEvent.MaxActionLength);
        builder.Property(entry => entry.Old).HasMaxLength(AuditEvent.MaxValueLength);
        builder.Property(entry => entry.New).HasMaxLength(AuditEvent.MaxValueLength);
        builder.Property(entry => entry.Reason).HasMaxLength(AuditNote.MaxReasonLength);
        builder.HasIndex(entry => new { entry.PersonId, entry.Sequence });
        builder.HasIndex(entry => entry.At);
    }
}

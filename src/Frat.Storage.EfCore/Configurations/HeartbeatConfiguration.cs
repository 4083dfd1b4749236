using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Frat.Storage.EfCore.Configurations;

internal sealed class HeartbeatConfiguration : IEntityTypeConfiguration<HeartbeatRow>
{
    public void Configure(EntityTypeBuilder<HeartbeatRow> builder)
    {
        builder.ToTable("heartbeats");
        builder.HasKey(row => row.Id);
        builder.Property(row => row.Id).ValueGeneratedNever();
    }
}

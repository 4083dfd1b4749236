using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Frat.Storage.EfCore.Configurations;

internal sealed class PersonConfiguration : IEntityTypeConfiguration<PersonRow>
{
    public void Configure(EntityTypeBuilder<PersonRow> builder)
    {
        builder.ToTable("people");
        builder.HasKey(person => person.Id);
        builder.Property(person => person.Id).ValueGeneratedNever();
        builder.Property(person => person.EmployeeId).HasMaxLength(Person.MaxEmployeeIdLength);
        builder.Property(person => person.Name).HasMaxLength(Person.MaxNameLength);
        builder.Property(person => person.SearchText).HasMaxLength(Frat.Storage.EfCore.SearchText.MaxLength);
        builder.HasIndex(person => person.EmployeeId).IsUnique();
    }
}

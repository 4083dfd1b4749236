using Microsoft.EntityFrameworkCore;

namespace MinimalApi;

/// <summary>The shop's own database. FRAT's tables are in another file, and know nothing of it.</summary>
internal sealed class ShopDatabase(DbContextOptions<ShopDatabase> options) : DbContext(options)
{
    public DbSet<User> Users => Set<User>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<User>().HasIndex(user => user.Name).IsUnique();
}

/// <summary>Somebody who signs in: an employee, or the kiosk at the door.</summary>
internal sealed class User
{
    /// <summary>FRAT's employee ID is this number.</summary>
    public int Id { get; init; }

    public required string Name { get; init; }

    /// <summary><c>hr</c>, <c>door</c> or <c>staff</c>.</summary>
    public required string Role { get; init; }

    public string PasswordHash { get; set; } = "";
}

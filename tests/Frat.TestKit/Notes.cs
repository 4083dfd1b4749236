using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Frat.Storage.EfCore.Tests;

/// <summary>Something of an application's own. Compiled into the test project of each database.</summary>
internal sealed class Note
{
    public int Id { get; set; }

    public required string Text { get; set; }
}

/// <summary>A context of an application's own, in FRAT's database.</summary>
internal sealed class NotesContext(DbContextOptions<NotesContext> options) : DbContext(options)
{
    public const string HistoryTable = "note_migrations";

    public DbSet<Note> Notes => Set<Note>();

    // The one migration is written by hand, without a snapshot to compare the model with.
    protected override void OnConfiguring(DbContextOptionsBuilder optionsBuilder) =>
        optionsBuilder.ConfigureWarnings(warnings => warnings.Ignore(RelationalEventId.PendingModelChangesWarning));

    protected override void OnModelCreating(ModelBuilder modelBuilder) =>
        modelBuilder.Entity<Note>().ToTable("notes").Property(note => note.Id).ValueGeneratedNever();
}

[DbContext(typeof(NotesContext))]
[Migration(Id)]
internal sealed class NotesMigration : Migration
{
    public const string Id = "20261129000000_Notes";

    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.CreateTable(
        "notes",
        table => new { Id = table.Column<int>(), Text = table.Column<string>() },
        constraints: table => table.PrimaryKey("PK_notes", row => row.Id));
}

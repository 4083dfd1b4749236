using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Frat.Storage.EfCore.Sqlite.Migrations
{
    /// <inheritdoc />
    internal sealed partial class Records : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "created_by",
                table: "templates",
                type: "TEXT",
                maxLength: 100,
                nullable: false,
                defaultValue: "unknown");

            migrationBuilder.AddColumn<string>(
                name: "key_id",
                table: "templates",
                type: "TEXT",
                maxLength: 32,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "quality",
                table: "templates",
                type: "TEXT",
                maxLength: 500,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "is_active",
                table: "people",
                type: "INTEGER",
                nullable: false,
                defaultValue: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "last_recognized_at",
                table: "people",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "audit_entries",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    action = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    old = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    @new = table.Column<string>(name: "new", type: "TEXT", maxLength: 500, nullable: true),
                    reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_entries", x => x.sequence);
                });

            migrationBuilder.CreateTable(
                name: "consents",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    text_version = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    purpose = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    expires_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    basis = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    given_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    recorded_by = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    withdrawn_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    withdrawn_by = table.Column<string>(type: "TEXT", maxLength: 100, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_consents", x => x.id);
                    table.ForeignKey(
                        name: "FK_consents_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_templates_key_id",
                table: "templates",
                column: "key_id");

            migrationBuilder.CreateIndex(
                name: "IX_audit_entries_at",
                table: "audit_entries",
                column: "at");

            migrationBuilder.CreateIndex(
                name: "IX_audit_entries_person_id_sequence",
                table: "audit_entries",
                columns: new[] { "person_id", "sequence" });

            migrationBuilder.CreateIndex(
                name: "IX_consents_person_id_given_at",
                table: "consents",
                columns: new[] { "person_id", "given_at" });

            HandWritten.RecordsUp(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            HandWritten.RecordsDown(migrationBuilder);

            migrationBuilder.DropTable(
                name: "audit_entries");

            migrationBuilder.DropTable(
                name: "consents");

            migrationBuilder.DropIndex(
                name: "IX_templates_key_id",
                table: "templates");

            migrationBuilder.DropColumn(
                name: "created_by",
                table: "templates");

            migrationBuilder.DropColumn(
                name: "key_id",
                table: "templates");

            migrationBuilder.DropColumn(
                name: "quality",
                table: "templates");

            migrationBuilder.DropColumn(
                name: "is_active",
                table: "people");

            migrationBuilder.DropColumn(
                name: "last_recognized_at",
                table: "people");
        }
    }
}

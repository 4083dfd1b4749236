using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Frat.Storage.EfCore.Sqlite.Migrations
{
    /// <inheritdoc />
    internal sealed partial class Safeguards : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_punches_idempotency_key",
                table: "punches");

            migrationBuilder.AddColumn<string>(
                name: "request_digest",
                table: "punches",
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_punches_source_idempotency_key",
                table: "punches",
                columns: new[] { "source", "idempotency_key" },
                unique: true);

            migrationBuilder.CreateTable(
                name: "clocks",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    since = table.Column<DateTime>(type: "TEXT", nullable: false),
                    last = table.Column<DateTime>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clocks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "heartbeats",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ballast = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_heartbeats", x => x.id);
                });

            HandWritten.SafeguardsUp(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            HandWritten.SafeguardsDown(migrationBuilder);

            migrationBuilder.DropIndex(
                name: "IX_punches_source_idempotency_key",
                table: "punches");

            migrationBuilder.DropColumn(
                name: "request_digest",
                table: "punches");

            migrationBuilder.CreateIndex(
                name: "IX_punches_idempotency_key",
                table: "punches",
                column: "idempotency_key",
                unique: true);

            migrationBuilder.DropTable(
                name: "clocks");

            migrationBuilder.DropTable(
                name: "heartbeats");
        }
    }
}

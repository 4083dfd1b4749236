using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Frat.Storage.EfCore.PostgreSql.Migrations
{
    /// <inheritdoc />
    internal sealed partial class Safeguards : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<int>(
                name: "receipt_expected_seconds",
                table: "punches",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "received_at",
                table: "punches",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateOnly>(
                name: "part_date",
                table: "derivations",
                type: "date",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "part_person_id",
                table: "derivations",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "person_id",
                table: "derivations",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "expected_seconds",
                table: "attendance_days",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "heartbeats",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ballast = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_heartbeats", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "leave_marks",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    through = table.Column<DateOnly>(type: "date", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_leave_marks", x => x.id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_leaves_last_date",
                table: "leaves",
                column: "last_date");

            HandWritten.SafeguardsUp(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            HandWritten.SafeguardsDown(migrationBuilder);

            migrationBuilder.DropTable(
                name: "heartbeats");

            migrationBuilder.DropTable(
                name: "leave_marks");

            migrationBuilder.DropIndex(
                name: "IX_leaves_last_date",
                table: "leaves");

            migrationBuilder.DropColumn(
                name: "receipt_expected_seconds",
                table: "punches");

            migrationBuilder.DropColumn(
                name: "received_at",
                table: "punches");

            migrationBuilder.DropColumn(
                name: "part_date",
                table: "derivations");

            migrationBuilder.DropColumn(
                name: "part_person_id",
                table: "derivations");

            migrationBuilder.DropColumn(
                name: "person_id",
                table: "derivations");

            migrationBuilder.DropColumn(
                name: "expected_seconds",
                table: "attendance_days");
        }
    }
}

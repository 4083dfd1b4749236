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
            migrationBuilder.DropIndex(
                name: "IX_punches_idempotency_key",
                table: "punches");

            migrationBuilder.AlterColumn<string>(
                name: "key_id",
                table: "templates",
                type: "character varying(32)",
                maxLength: 32,
                nullable: false,
                defaultValue: "",
                collation: "C",
                oldClrType: typeof(string),
                oldType: "character varying(32)",
                oldMaxLength: 32,
                oldNullable: true,
                oldCollation: "C");

            migrationBuilder.AddColumn<Guid>(
                name: "consent_id",
                table: "templates",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "device_id",
                table: "punches",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "receipt_direction",
                table: "punches",
                type: "character varying(20)",
                maxLength: 20,
                nullable: true,
                collation: "C");

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

            migrationBuilder.AddColumn<string>(
                name: "request_digest",
                table: "punches",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<byte[]>(
                name: "seal",
                table: "people",
                type: "bytea",
                nullable: false,
                defaultValue: new byte[0]);

            migrationBuilder.AddColumn<string>(
                name: "search_text",
                table: "people",
                type: "character varying(2000)",
                maxLength: 2000,
                nullable: false,
                defaultValue: "",
                collation: "C");

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
                name: "audit_head",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    digest = table.Column<byte[]>(type: "bytea", nullable: false),
                    key_id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false, collation: "C"),
                    seal = table.Column<byte[]>(type: "bytea", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_head", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_seals",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "bigint", nullable: false),
                    previous = table.Column<long>(type: "bigint", nullable: false),
                    digest = table.Column<byte[]>(type: "bytea", nullable: false),
                    key_id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false, collation: "C"),
                    seal = table.Column<byte[]>(type: "bytea", nullable: false),
                    begins_anew = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_seals", x => x.sequence);
                });

            migrationBuilder.CreateTable(
                name: "chores",
                columns: table => new
                {
                    name = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_chores", x => x.name);
                });

            migrationBuilder.CreateTable(
                name: "clocks",
                columns: table => new
                {
                    id = table.Column<int>(type: "integer", nullable: false),
                    since = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    last = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_clocks", x => x.id);
                });

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
                name: "IX_punches_source_idempotency_key",
                table: "punches",
                columns: new[] { "source", "idempotency_key" },
                unique: true);

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
                name: "audit_head");

            migrationBuilder.DropTable(
                name: "audit_seals");

            migrationBuilder.DropTable(
                name: "chores");

            migrationBuilder.DropTable(
                name: "clocks");

            migrationBuilder.DropTable(
                name: "heartbeats");

            migrationBuilder.DropTable(
                name: "leave_marks");

            migrationBuilder.DropIndex(
                name: "IX_punches_source_idempotency_key",
                table: "punches");

            migrationBuilder.DropIndex(
                name: "IX_leaves_last_date",
                table: "leaves");

            migrationBuilder.DropColumn(
                name: "consent_id",
                table: "templates");

            migrationBuilder.DropColumn(
                name: "device_id",
                table: "punches");

            migrationBuilder.DropColumn(
                name: "receipt_direction",
                table: "punches");

            migrationBuilder.DropColumn(
                name: "receipt_expected_seconds",
                table: "punches");

            migrationBuilder.DropColumn(
                name: "received_at",
                table: "punches");

            migrationBuilder.DropColumn(
                name: "request_digest",
                table: "punches");

            migrationBuilder.DropColumn(
                name: "seal",
                table: "people");

            migrationBuilder.DropColumn(
                name: "search_text",
                table: "people");

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

            migrationBuilder.AlterColumn<string>(
                name: "key_id",
                table: "templates",
                type: "character varying(32)",
                maxLength: 32,
                nullable: true,
                collation: "C",
                oldClrType: typeof(string),
                oldType: "character varying(32)",
                oldMaxLength: 32,
                oldCollation: "C");

            migrationBuilder.CreateIndex(
                name: "IX_punches_idempotency_key",
                table: "punches",
                column: "idempotency_key",
                unique: true);
        }
    }
}

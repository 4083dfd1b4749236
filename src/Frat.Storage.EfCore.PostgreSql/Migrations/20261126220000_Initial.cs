using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Frat.Storage.EfCore.PostgreSql.Migrations
{
    /// <inheritdoc />
    internal sealed partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "people",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    employee_id = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false, collation: "C"),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    enrolled_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_people", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "template_changes",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_template_changes", x => x.sequence);
                });

            migrationBuilder.CreateTable(
                name: "punches",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    instant = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    time_zone = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    local_time = table.Column<DateTime>(type: "timestamp without time zone", nullable: false),
                    direction = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    method = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    source = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    distance = table.Column<float>(type: "real", nullable: true),
                    detection_score = table.Column<float>(type: "real", nullable: true),
                    idempotency_key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    receipt_marked = table.Column<bool>(type: "boolean", nullable: false),
                    receipt_duplicate = table.Column<bool>(type: "boolean", nullable: false),
                    receipt_date = table.Column<DateOnly>(type: "date", nullable: false),
                    receipt_status = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false, collation: "C"),
                    receipt_kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    receipt_leave = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true, collation: "C"),
                    receipt_first_in = table.Column<DateTime>(type: "timestamp without time zone", nullable: true),
                    receipt_last_out = table.Column<DateTime>(type: "timestamp without time zone", nullable: true),
                    receipt_worked_seconds = table.Column<int>(type: "integer", nullable: false),
                    receipt_late_seconds = table.Column<int>(type: "integer", nullable: false),
                    receipt_early_seconds = table.Column<int>(type: "integer", nullable: false),
                    receipt_schedule_id = table.Column<Guid>(type: "uuid", nullable: true),
                    receipt_punch_id = table.Column<Guid>(type: "uuid", nullable: true),
                    receipt_punch_count = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_punches", x => x.id);
                    table.ForeignKey(
                        name: "FK_punches_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "templates",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    encoder_id = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    encoding = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_templates", x => x.id);
                    table.ForeignKey(
                        name: "FK_templates_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "attendance_days",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    status = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    leave = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true, collation: "C"),
                    first_in = table.Column<DateTime>(type: "timestamp without time zone", nullable: true),
                    last_out = table.Column<DateTime>(type: "timestamp without time zone", nullable: true),
                    worked_seconds = table.Column<int>(type: "integer", nullable: false),
                    late_seconds = table.Column<int>(type: "integer", nullable: false),
                    early_seconds = table.Column<int>(type: "integer", nullable: false),
                    schedule_id = table.Column<Guid>(type: "uuid", nullable: true),
                    punch_id = table.Column<Guid>(type: "uuid", nullable: true),
                    punch_count = table.Column<int>(type: "integer", nullable: false),
                    listed_at = table.Column<DateTime>(type: "timestamp without time zone", nullable: false),
                    closes_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_attendance_days", x => new { x.person_id, x.date });
                    table.ForeignKey(
                        name: "FK_attendance_days_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_attendance_days_punches_punch_id",
                        column: x => x.punch_id,
                        principalTable: "punches",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "punch_corrections",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    punch_id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    local_time = table.Column<DateTime>(type: "timestamp without time zone", nullable: true),
                    direction = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true, collation: "C"),
                    by = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false, collation: "C"),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_punch_corrections", x => x.id);
                    table.ForeignKey(
                        name: "FK_punch_corrections_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "FK_punch_corrections_punches_punch_id",
                        column: x => x.punch_id,
                        principalTable: "punches",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_attendance_days_closes_at",
                table: "attendance_days",
                column: "closes_at");

            migrationBuilder.CreateIndex(
                name: "IX_attendance_days_date_listed_at",
                table: "attendance_days",
                columns: new[] { "date", "listed_at" },
                descending: new[] { true, false });

            migrationBuilder.CreateIndex(
                name: "IX_attendance_days_punch_id",
                table: "attendance_days",
                column: "punch_id");

            migrationBuilder.CreateIndex(
                name: "IX_people_employee_id",
                table: "people",
                column: "employee_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_punch_corrections_person_id_local_time",
                table: "punch_corrections",
                columns: new[] { "person_id", "local_time" });

            migrationBuilder.CreateIndex(
                name: "IX_punch_corrections_punch_id",
                table: "punch_corrections",
                column: "punch_id");

            migrationBuilder.CreateIndex(
                name: "IX_punches_idempotency_key",
                table: "punches",
                column: "idempotency_key",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_punches_local_time_id",
                table: "punches",
                columns: new[] { "local_time", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_punches_person_id_local_time",
                table: "punches",
                columns: new[] { "person_id", "local_time" });

            migrationBuilder.CreateIndex(
                name: "IX_templates_encoder_id",
                table: "templates",
                column: "encoder_id");

            migrationBuilder.CreateIndex(
                name: "IX_templates_person_id_encoder_id",
                table: "templates",
                columns: new[] { "person_id", "encoder_id" });

            HandWritten.InitialUp(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            HandWritten.InitialDown(migrationBuilder);

            migrationBuilder.DropTable(
                name: "attendance_days");

            migrationBuilder.DropTable(
                name: "punch_corrections");

            migrationBuilder.DropTable(
                name: "template_changes");

            migrationBuilder.DropTable(
                name: "templates");

            migrationBuilder.DropTable(
                name: "punches");

            migrationBuilder.DropTable(
                name: "people");
        }
    }
}

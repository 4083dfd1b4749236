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
            migrationBuilder.RenameColumn(
                name: "receipt_time",
                table: "punches",
                newName: "receipt_date");

            migrationBuilder.RenameColumn(
                name: "time",
                table: "attendance_days",
                newName: "listed_at");

            migrationBuilder.RenameIndex(
                name: "IX_attendance_days_date_time",
                table: "attendance_days",
                newName: "IX_attendance_days_date_listed_at");

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

            migrationBuilder.AlterColumn<Guid>(
                name: "receipt_punch_id",
                table: "punches",
                type: "TEXT",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "TEXT");

            migrationBuilder.AddColumn<bool>(
                name: "receipt_duplicate",
                table: "punches",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<int>(
                name: "receipt_early_seconds",
                table: "punches",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "receipt_first_in",
                table: "punches",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "receipt_kind",
                table: "punches",
                type: "TEXT",
                maxLength: 20,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTime>(
                name: "receipt_last_out",
                table: "punches",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "receipt_late_seconds",
                table: "punches",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "receipt_leave",
                table: "punches",
                type: "TEXT",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "receipt_punch_count",
                table: "punches",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "receipt_schedule_id",
                table: "punches",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "receipt_worked_seconds",
                table: "punches",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "direction",
                table: "punch_corrections",
                type: "TEXT",
                maxLength: 20,
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

            migrationBuilder.AlterColumn<Guid>(
                name: "punch_id",
                table: "attendance_days",
                type: "TEXT",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "TEXT");

            migrationBuilder.AddColumn<DateTime>(
                name: "closes_at",
                table: "attendance_days",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "early_seconds",
                table: "attendance_days",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<DateTime>(
                name: "first_in",
                table: "attendance_days",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "kind",
                table: "attendance_days",
                type: "TEXT",
                maxLength: 20,
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<DateTime>(
                name: "last_out",
                table: "attendance_days",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "late_seconds",
                table: "attendance_days",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<string>(
                name: "leave",
                table: "attendance_days",
                type: "TEXT",
                maxLength: 20,
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "punch_count",
                table: "attendance_days",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "schedule_id",
                table: "attendance_days",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "worked_seconds",
                table: "attendance_days",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

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

            migrationBuilder.CreateTable(
                name: "derivations",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    schedule_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    first_date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    last_date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    done_through = table.Column<Guid>(type: "TEXT", nullable: true),
                    claimed_until = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_derivations", x => x.sequence);
                });

            migrationBuilder.CreateTable(
                name: "holiday_calendars",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_holiday_calendars", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "leaves",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    first_date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    last_date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    part = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    note = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_leaves", x => x.id);
                    table.ForeignKey(
                        name: "FK_leaves_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "holidays",
                columns: table => new
                {
                    calendar_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_holidays", x => new { x.calendar_id, x.date });
                    table.ForeignKey(
                        name: "FK_holidays_holiday_calendars_calendar_id",
                        column: x => x.calendar_id,
                        principalTable: "holiday_calendars",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "schedules",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    time_zone = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    start_time = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    end_time = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    weekdays = table.Column<int>(type: "INTEGER", nullable: false),
                    window_before_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    window_after_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    break_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    break_after_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    direction = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    hours = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    half_day_below_seconds = table.Column<int>(type: "INTEGER", nullable: true),
                    absent_below_seconds = table.Column<int>(type: "INTEGER", nullable: true),
                    late_grace_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    early_grace_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    duplicate_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    holiday_calendar_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    closed_through = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_schedules", x => x.id);
                    table.ForeignKey(
                        name: "FK_schedules_holiday_calendars_holiday_calendar_id",
                        column: x => x.holiday_calendar_id,
                        principalTable: "holiday_calendars",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "default_schedules",
                columns: table => new
                {
                    first_date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    schedule_id = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_default_schedules", x => x.first_date);
                    table.ForeignKey(
                        name: "FK_default_schedules_schedules_schedule_id",
                        column: x => x.schedule_id,
                        principalTable: "schedules",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "schedule_assignments",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    schedule_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    first_date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    last_date = table.Column<DateOnly>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_schedule_assignments", x => x.id);
                    table.ForeignKey(
                        name: "FK_schedule_assignments_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_schedule_assignments_schedules_schedule_id",
                        column: x => x.schedule_id,
                        principalTable: "schedules",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_templates_key_id",
                table: "templates",
                column: "key_id");

            migrationBuilder.CreateIndex(
                name: "IX_punches_local_time_id",
                table: "punches",
                columns: new[] { "local_time", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_attendance_days_closes_at",
                table: "attendance_days",
                column: "closes_at");

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

            migrationBuilder.CreateIndex(
                name: "IX_default_schedules_schedule_id",
                table: "default_schedules",
                column: "schedule_id");

            migrationBuilder.CreateIndex(
                name: "IX_holiday_calendars_name",
                table: "holiday_calendars",
                column: "name",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_leaves_person_id_first_date",
                table: "leaves",
                columns: new[] { "person_id", "first_date" });

            migrationBuilder.CreateIndex(
                name: "IX_schedule_assignments_person_id_first_date",
                table: "schedule_assignments",
                columns: new[] { "person_id", "first_date" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_schedule_assignments_schedule_id_person_id",
                table: "schedule_assignments",
                columns: new[] { "schedule_id", "person_id" });

            migrationBuilder.CreateIndex(
                name: "IX_schedules_holiday_calendar_id",
                table: "schedules",
                column: "holiday_calendar_id");

            migrationBuilder.CreateIndex(
                name: "IX_schedules_name",
                table: "schedules",
                column: "name",
                unique: true);

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

            migrationBuilder.DropTable(
                name: "default_schedules");

            migrationBuilder.DropTable(
                name: "derivations");

            migrationBuilder.DropTable(
                name: "holidays");

            migrationBuilder.DropTable(
                name: "leaves");

            migrationBuilder.DropTable(
                name: "schedule_assignments");

            migrationBuilder.DropTable(
                name: "schedules");

            migrationBuilder.DropTable(
                name: "holiday_calendars");

            migrationBuilder.DropIndex(
                name: "IX_templates_key_id",
                table: "templates");

            migrationBuilder.DropIndex(
                name: "IX_punches_local_time_id",
                table: "punches");

            migrationBuilder.DropIndex(
                name: "IX_attendance_days_closes_at",
                table: "attendance_days");

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
                name: "receipt_duplicate",
                table: "punches");

            migrationBuilder.DropColumn(
                name: "receipt_early_seconds",
                table: "punches");

            migrationBuilder.DropColumn(
                name: "receipt_first_in",
                table: "punches");

            migrationBuilder.DropColumn(
                name: "receipt_kind",
                table: "punches");

            migrationBuilder.DropColumn(
                name: "receipt_last_out",
                table: "punches");

            migrationBuilder.DropColumn(
                name: "receipt_late_seconds",
                table: "punches");

            migrationBuilder.DropColumn(
                name: "receipt_leave",
                table: "punches");

            migrationBuilder.DropColumn(
                name: "receipt_punch_count",
                table: "punches");

            migrationBuilder.DropColumn(
                name: "receipt_schedule_id",
                table: "punches");

            migrationBuilder.DropColumn(
                name: "receipt_worked_seconds",
                table: "punches");

            migrationBuilder.DropColumn(
                name: "direction",
                table: "punch_corrections");

            migrationBuilder.DropColumn(
                name: "is_active",
                table: "people");

            migrationBuilder.DropColumn(
                name: "last_recognized_at",
                table: "people");

            migrationBuilder.DropColumn(
                name: "closes_at",
                table: "attendance_days");

            migrationBuilder.DropColumn(
                name: "early_seconds",
                table: "attendance_days");

            migrationBuilder.DropColumn(
                name: "first_in",
                table: "attendance_days");

            migrationBuilder.DropColumn(
                name: "kind",
                table: "attendance_days");

            migrationBuilder.DropColumn(
                name: "last_out",
                table: "attendance_days");

            migrationBuilder.DropColumn(
                name: "late_seconds",
                table: "attendance_days");

            migrationBuilder.DropColumn(
                name: "leave",
                table: "attendance_days");

            migrationBuilder.DropColumn(
                name: "punch_count",
                table: "attendance_days");

            migrationBuilder.DropColumn(
                name: "schedule_id",
                table: "attendance_days");

            migrationBuilder.DropColumn(
                name: "worked_seconds",
                table: "attendance_days");

            migrationBuilder.RenameColumn(
                name: "receipt_date",
                table: "punches",
                newName: "receipt_time");

            migrationBuilder.RenameColumn(
                name: "listed_at",
                table: "attendance_days",
                newName: "time");

            migrationBuilder.RenameIndex(
                name: "IX_attendance_days_date_listed_at",
                table: "attendance_days",
                newName: "IX_attendance_days_date_time");

            migrationBuilder.AlterColumn<Guid>(
                name: "receipt_punch_id",
                table: "punches",
                type: "TEXT",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "TEXT",
                oldNullable: true);

            migrationBuilder.AlterColumn<Guid>(
                name: "punch_id",
                table: "attendance_days",
                type: "TEXT",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "TEXT",
                oldNullable: true);
        }
    }
}

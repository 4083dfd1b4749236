using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Frat.Storage.EfCore.Sqlite.Migrations
{
    /// <inheritdoc />
    internal sealed partial class Initial : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "audit_entries",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    by = table.Column<string>(type: "TEXT", maxLength: 220, nullable: false),
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
                name: "audit_head",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    digest = table.Column<byte[]>(type: "BLOB", nullable: false),
                    key_id = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    seal = table.Column<byte[]>(type: "BLOB", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_head", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "audit_seals",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "INTEGER", nullable: false),
                    previous = table.Column<long>(type: "INTEGER", nullable: false),
                    digest = table.Column<byte[]>(type: "BLOB", nullable: false),
                    key_id = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    seal = table.Column<byte[]>(type: "BLOB", nullable: false),
                    begins_anew = table.Column<bool>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_seals", x => x.sequence);
                });

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
                name: "derivations",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    schedule_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    first_date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    last_date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    done_through = table.Column<Guid>(type: "TEXT", nullable: true),
                    part_person_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    part_date = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    claimed_until = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_derivations", x => x.sequence);
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
                name: "leave_marks",
                columns: table => new
                {
                    id = table.Column<int>(type: "INTEGER", nullable: false),
                    through = table.Column<DateOnly>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_leave_marks", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "people",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    employee_id = table.Column<string>(type: "TEXT", maxLength: 50, nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    enrolled_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    is_active = table.Column<bool>(type: "INTEGER", nullable: false),
                    first_day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    last_day = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    last_recognized_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    attendance_kept_from = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    seal = table.Column<byte[]>(type: "BLOB", nullable: false),
                    search_text = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_people", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "template_changes",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_template_changes", x => x.sequence);
                });

            migrationBuilder.CreateTable(
                name: "holidays",
                columns: table => new
                {
                    calendar_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    name = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    part = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false)
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
                    pattern_weeks = table.Column<int>(type: "INTEGER", nullable: false),
                    pattern_start = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    flexible_seconds = table.Column<int>(type: "INTEGER", nullable: true),
                    core_start = table.Column<TimeOnly>(type: "TEXT", nullable: true),
                    core_end = table.Column<TimeOnly>(type: "TEXT", nullable: true),
                    is_exempt = table.Column<bool>(type: "INTEGER", nullable: false),
                    counts_from_start = table.Column<bool>(type: "INTEGER", nullable: false),
                    round_to_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    rounding = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    tolerance_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    night_start = table.Column<TimeOnly>(type: "TEXT", nullable: true),
                    night_end = table.Column<TimeOnly>(type: "TEXT", nullable: true),
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
                    recorded_by = table.Column<string>(type: "TEXT", maxLength: 220, nullable: false),
                    withdrawn_at = table.Column<DateTime>(type: "TEXT", nullable: true),
                    withdrawn_by = table.Column<string>(type: "TEXT", maxLength: 220, nullable: true)
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
                name: "inactive_periods",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    since = table.Column<DateTime>(type: "TEXT", nullable: false),
                    until = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_inactive_periods", x => x.id);
                    table.ForeignKey(
                        name: "FK_inactive_periods_people_person_id",
                        column: x => x.person_id,
                        principalTable: "people",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
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
                    kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    start_time = table.Column<TimeOnly>(type: "TEXT", nullable: true),
                    end_time = table.Column<TimeOnly>(type: "TEXT", nullable: true),
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
                name: "punches",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    instant = table.Column<DateTime>(type: "TEXT", nullable: false),
                    time_zone = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    local_time = table.Column<DateTime>(type: "TEXT", nullable: false),
                    direction = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    method = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    source = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    device_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    distance = table.Column<float>(type: "REAL", nullable: true),
                    detection_score = table.Column<float>(type: "REAL", nullable: true),
                    idempotency_key = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    request_digest = table.Column<string>(type: "TEXT", maxLength: 64, nullable: true),
                    received_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    receipt_direction = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    receipt_marked = table.Column<bool>(type: "INTEGER", nullable: false),
                    receipt_duplicate = table.Column<bool>(type: "INTEGER", nullable: false),
                    receipt_date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    receipt_status = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    receipt_kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    receipt_leave = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    receipt_first_in = table.Column<DateTime>(type: "TEXT", nullable: true),
                    receipt_last_out = table.Column<DateTime>(type: "TEXT", nullable: true),
                    receipt_worked_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    receipt_expected_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    receipt_late_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    receipt_early_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    receipt_schedule_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    receipt_punch_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    receipt_punch_count = table.Column<int>(type: "INTEGER", nullable: false)
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
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    encoder_id = table.Column<string>(type: "TEXT", maxLength: 200, nullable: false),
                    encoding = table.Column<byte[]>(type: "BLOB", nullable: false),
                    key_id = table.Column<string>(type: "TEXT", maxLength: 32, nullable: false),
                    consent_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    quality = table.Column<string>(type: "TEXT", maxLength: 500, nullable: true),
                    created_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    created_by = table.Column<string>(type: "TEXT", maxLength: 220, nullable: false)
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
                    last_date = table.Column<DateOnly>(type: "TEXT", nullable: true),
                    holiday_calendar_id = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_schedule_assignments", x => x.id);
                    table.ForeignKey(
                        name: "FK_schedule_assignments_holiday_calendars_holiday_calendar_id",
                        column: x => x.holiday_calendar_id,
                        principalTable: "holiday_calendars",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
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

            migrationBuilder.CreateTable(
                name: "shift_hours",
                columns: table => new
                {
                    schedule_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    week = table.Column<int>(type: "INTEGER", nullable: false),
                    day = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    start_time = table.Column<TimeOnly>(type: "TEXT", nullable: false),
                    end_time = table.Column<TimeOnly>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_shift_hours", x => new { x.schedule_id, x.week, x.day, x.start_time });
                    table.ForeignKey(
                        name: "FK_shift_hours_schedules_schedule_id",
                        column: x => x.schedule_id,
                        principalTable: "schedules",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "attendance_days",
                columns: table => new
                {
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    date = table.Column<DateOnly>(type: "TEXT", nullable: false),
                    status = table.Column<string>(type: "TEXT", maxLength: 10, nullable: false),
                    kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: false),
                    leave = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    leave_kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    second_leave_kind = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    leave_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    first_in = table.Column<DateTime>(type: "TEXT", nullable: true),
                    last_out = table.Column<DateTime>(type: "TEXT", nullable: true),
                    worked_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    expected_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    overtime_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    undertime_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    night_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    holiday_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    late_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    early_seconds = table.Column<int>(type: "INTEGER", nullable: false),
                    schedule_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    punch_id = table.Column<Guid>(type: "TEXT", nullable: true),
                    punch_count = table.Column<int>(type: "INTEGER", nullable: false),
                    listed_at = table.Column<DateTime>(type: "TEXT", nullable: false),
                    closes_at = table.Column<DateTime>(type: "TEXT", nullable: true)
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
                    id = table.Column<Guid>(type: "TEXT", nullable: false),
                    punch_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    person_id = table.Column<Guid>(type: "TEXT", nullable: false),
                    local_time = table.Column<DateTime>(type: "TEXT", nullable: true),
                    direction = table.Column<string>(type: "TEXT", maxLength: 20, nullable: true),
                    by = table.Column<string>(type: "TEXT", maxLength: 220, nullable: false),
                    reason = table.Column<string>(type: "TEXT", maxLength: 500, nullable: false),
                    at = table.Column<DateTime>(type: "TEXT", nullable: false)
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
                name: "IX_inactive_periods_person_id_since",
                table: "inactive_periods",
                columns: new[] { "person_id", "since" });

            migrationBuilder.CreateIndex(
                name: "IX_leaves_last_date",
                table: "leaves",
                column: "last_date");

            migrationBuilder.CreateIndex(
                name: "IX_leaves_person_id_first_date",
                table: "leaves",
                columns: new[] { "person_id", "first_date" });

            migrationBuilder.CreateIndex(
                name: "IX_people_employee_id",
                table: "people",
                column: "employee_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_punch_corrections_at_id",
                table: "punch_corrections",
                columns: new[] { "at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_punch_corrections_person_id_local_time",
                table: "punch_corrections",
                columns: new[] { "person_id", "local_time" });

            migrationBuilder.CreateIndex(
                name: "IX_punch_corrections_punch_id",
                table: "punch_corrections",
                column: "punch_id");

            migrationBuilder.CreateIndex(
                name: "IX_punches_local_time_id",
                table: "punches",
                columns: new[] { "local_time", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_punches_person_id_local_time",
                table: "punches",
                columns: new[] { "person_id", "local_time" });

            migrationBuilder.CreateIndex(
                name: "IX_punches_received_at_id",
                table: "punches",
                columns: new[] { "received_at", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_punches_source_idempotency_key",
                table: "punches",
                columns: new[] { "source", "idempotency_key" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "IX_schedule_assignments_holiday_calendar_id",
                table: "schedule_assignments",
                column: "holiday_calendar_id");

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

            migrationBuilder.CreateIndex(
                name: "IX_templates_encoder_id",
                table: "templates",
                column: "encoder_id");

            migrationBuilder.CreateIndex(
                name: "IX_templates_key_id",
                table: "templates",
                column: "key_id");

            migrationBuilder.CreateIndex(
                name: "IX_templates_person_id_encoder_id",
                table: "templates",
                columns: new[] { "person_id", "encoder_id" });

            HandWritten.InitialUp(migrationBuilder);
        }
    }
}

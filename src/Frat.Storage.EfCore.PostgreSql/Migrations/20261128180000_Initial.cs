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
                name: "audit_entries",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<string>(type: "character varying(220)", maxLength: 220, nullable: false, collation: "C"),
                    action = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false, collation: "C"),
                    person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    old = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true, collation: "C"),
                    @new = table.Column<string>(name: "new", type: "character varying(500)", maxLength: 500, nullable: true, collation: "C"),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_audit_entries", x => x.sequence);
                });

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
                name: "derivations",
                columns: table => new
                {
                    sequence = table.Column<long>(type: "bigint", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    schedule_id = table.Column<Guid>(type: "uuid", nullable: true),
                    person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    first_date = table.Column<DateOnly>(type: "date", nullable: false),
                    last_date = table.Column<DateOnly>(type: "date", nullable: false),
                    done_through = table.Column<Guid>(type: "uuid", nullable: true),
                    part_person_id = table.Column<Guid>(type: "uuid", nullable: true),
                    part_date = table.Column<DateOnly>(type: "date", nullable: true),
                    claimed_until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_derivations", x => x.sequence);
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
                name: "holiday_calendars",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C")
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_holiday_calendars", x => x.id);
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

            migrationBuilder.CreateTable(
                name: "people",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    employee_id = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false, collation: "C"),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    enrolled_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    is_active = table.Column<bool>(type: "boolean", nullable: false),
                    first_day = table.Column<DateOnly>(type: "date", nullable: true),
                    last_day = table.Column<DateOnly>(type: "date", nullable: true),
                    last_recognized_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    attendance_kept_from = table.Column<DateOnly>(type: "date", nullable: true),
                    seal = table.Column<byte[]>(type: "bytea", nullable: false),
                    search_text = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false, collation: "C")
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
                name: "holidays",
                columns: table => new
                {
                    calendar_id = table.Column<Guid>(type: "uuid", nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    part = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C")
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    time_zone = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    start_time = table.Column<TimeOnly>(type: "time without time zone", nullable: false),
                    end_time = table.Column<TimeOnly>(type: "time without time zone", nullable: false),
                    weekdays = table.Column<int>(type: "integer", nullable: false),
                    window_before_seconds = table.Column<int>(type: "integer", nullable: false),
                    window_after_seconds = table.Column<int>(type: "integer", nullable: false),
                    break_seconds = table.Column<int>(type: "integer", nullable: false),
                    break_after_seconds = table.Column<int>(type: "integer", nullable: false),
                    direction = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    hours = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    half_day_below_seconds = table.Column<int>(type: "integer", nullable: true),
                    absent_below_seconds = table.Column<int>(type: "integer", nullable: true),
                    late_grace_seconds = table.Column<int>(type: "integer", nullable: false),
                    early_grace_seconds = table.Column<int>(type: "integer", nullable: false),
                    duplicate_seconds = table.Column<int>(type: "integer", nullable: false),
                    holiday_calendar_id = table.Column<Guid>(type: "uuid", nullable: true),
                    pattern_weeks = table.Column<int>(type: "integer", nullable: false),
                    pattern_start = table.Column<DateOnly>(type: "date", nullable: true),
                    flexible_seconds = table.Column<int>(type: "integer", nullable: true),
                    core_start = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    core_end = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    is_exempt = table.Column<bool>(type: "boolean", nullable: false),
                    counts_from_start = table.Column<bool>(type: "boolean", nullable: false),
                    round_to_seconds = table.Column<int>(type: "integer", nullable: false),
                    rounding = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    tolerance_seconds = table.Column<int>(type: "integer", nullable: false),
                    night_start = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    night_end = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    closed_through = table.Column<DateOnly>(type: "date", nullable: true)
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    text_version = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false, collation: "C"),
                    purpose = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false, collation: "C"),
                    expires_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    basis = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    given_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    recorded_by = table.Column<string>(type: "character varying(220)", maxLength: 220, nullable: false, collation: "C"),
                    withdrawn_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: true),
                    withdrawn_by = table.Column<string>(type: "character varying(220)", maxLength: 220, nullable: true, collation: "C")
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    since = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    until = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    first_date = table.Column<DateOnly>(type: "date", nullable: false),
                    last_date = table.Column<DateOnly>(type: "date", nullable: false),
                    part = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    start_time = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    end_time = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    note = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true, collation: "C")
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    instant = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    time_zone = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    local_time = table.Column<DateTime>(type: "timestamp without time zone", nullable: false),
                    direction = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    method = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    source = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    device_id = table.Column<Guid>(type: "uuid", nullable: true),
                    distance = table.Column<float>(type: "real", nullable: true),
                    detection_score = table.Column<float>(type: "real", nullable: true),
                    idempotency_key = table.Column<string>(type: "character varying(100)", maxLength: 100, nullable: false, collation: "C"),
                    request_digest = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: true, collation: "C"),
                    received_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    receipt_direction = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    receipt_marked = table.Column<bool>(type: "boolean", nullable: false),
                    receipt_duplicate = table.Column<bool>(type: "boolean", nullable: false),
                    receipt_date = table.Column<DateOnly>(type: "date", nullable: false),
                    receipt_status = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false, collation: "C"),
                    receipt_kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    receipt_leave = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true, collation: "C"),
                    receipt_first_in = table.Column<DateTime>(type: "timestamp without time zone", nullable: true),
                    receipt_last_out = table.Column<DateTime>(type: "timestamp without time zone", nullable: true),
                    receipt_worked_seconds = table.Column<int>(type: "integer", nullable: false),
                    receipt_expected_seconds = table.Column<int>(type: "integer", nullable: false),
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
                    key_id = table.Column<string>(type: "character varying(32)", maxLength: 32, nullable: false, collation: "C"),
                    consent_id = table.Column<Guid>(type: "uuid", nullable: false),
                    quality = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true, collation: "C"),
                    created_at = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    created_by = table.Column<string>(type: "character varying(220)", maxLength: 220, nullable: false, collation: "C")
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
                    first_date = table.Column<DateOnly>(type: "date", nullable: false),
                    schedule_id = table.Column<Guid>(type: "uuid", nullable: true)
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
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    schedule_id = table.Column<Guid>(type: "uuid", nullable: false),
                    first_date = table.Column<DateOnly>(type: "date", nullable: false),
                    last_date = table.Column<DateOnly>(type: "date", nullable: true),
                    holiday_calendar_id = table.Column<Guid>(type: "uuid", nullable: true)
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
                    schedule_id = table.Column<Guid>(type: "uuid", nullable: false),
                    week = table.Column<int>(type: "integer", nullable: false),
                    day = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false, collation: "C"),
                    start_time = table.Column<TimeOnly>(type: "time without time zone", nullable: false),
                    end_time = table.Column<TimeOnly>(type: "time without time zone", nullable: false)
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
                    person_id = table.Column<Guid>(type: "uuid", nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    status = table.Column<string>(type: "character varying(10)", maxLength: 10, nullable: false, collation: "C"),
                    kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false, collation: "C"),
                    leave = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true, collation: "C"),
                    leave_kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true, collation: "C"),
                    second_leave_kind = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: true, collation: "C"),
                    leave_seconds = table.Column<int>(type: "integer", nullable: false),
                    first_in = table.Column<DateTime>(type: "timestamp without time zone", nullable: true),
                    last_out = table.Column<DateTime>(type: "timestamp without time zone", nullable: true),
                    worked_seconds = table.Column<int>(type: "integer", nullable: false),
                    expected_seconds = table.Column<int>(type: "integer", nullable: false),
                    overtime_seconds = table.Column<int>(type: "integer", nullable: false),
                    undertime_seconds = table.Column<int>(type: "integer", nullable: false),
                    night_seconds = table.Column<int>(type: "integer", nullable: false),
                    holiday_seconds = table.Column<int>(type: "integer", nullable: false),
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
                    by = table.Column<string>(type: "character varying(220)", maxLength: 220, nullable: false, collation: "C"),
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

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

            migrationBuilder.CreateIndex(
                name: "IX_punches_local_time_id",
                table: "punches",
                columns: new[] { "local_time", "id" });

            migrationBuilder.CreateIndex(
                name: "IX_attendance_days_closes_at",
                table: "attendance_days",
                column: "closes_at");

            HandWritten.RecordsUp(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            HandWritten.RecordsDown(migrationBuilder);

            migrationBuilder.DropIndex(
                name: "IX_punches_local_time_id",
                table: "punches");

            migrationBuilder.DropIndex(
                name: "IX_attendance_days_closes_at",
                table: "attendance_days");

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

using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Frat.Storage.EfCore.PostgreSql.Migrations
{
    /// <inheritdoc />
    internal sealed partial class Retention : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<DateOnly>(
                name: "attendance_kept_from",
                table: "people",
                type: "date",
                nullable: true);

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

            migrationBuilder.CreateIndex(
                name: "IX_inactive_periods_person_id_since",
                table: "inactive_periods",
                columns: new[] { "person_id", "since" });

            HandWritten.RetentionUp(migrationBuilder);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            HandWritten.RetentionDown(migrationBuilder);

            migrationBuilder.DropTable(
                name: "inactive_periods");

            migrationBuilder.DropColumn(
                name: "attendance_kept_from",
                table: "people");
        }
    }
}

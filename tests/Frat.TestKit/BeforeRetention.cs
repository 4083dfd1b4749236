using Frat.Conformance;
using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore.Tests;

/// <summary>
/// What a database of before the migration <c>Retention</c> has, and what has to become of it. Compiled into the test project of each
/// database.
/// </summary>
internal static class BeforeRetention
{
    /// <summary>
    /// Ada was recognised twice, and came by PIN once. Grace was deactivated, twice. Edsger is inactive, and nobody knows since when.
    /// Nobody but Grace has a day: an absence of the time after.
    /// </summary>
    public const string Sql =
        """
        INSERT INTO people (id, employee_id, name, enrolled_at, is_active) VALUES
          ('01900000-0000-7000-8000-00000000000A', 'E-1', 'Ada', '2026-01-01 08:00:00Z', true),
          ('01900000-0000-7000-8000-00000000000B', 'E-2', 'Grace', '2026-01-01 08:00:00Z', false),
          ('01900000-0000-7000-8000-00000000000C', 'E-3', 'Edsger', '2026-01-02 08:00:00Z', false);
        INSERT INTO punches (id, person_id, instant, time_zone, local_time, direction, method, source, idempotency_key, receipt_marked, receipt_duplicate,
            receipt_date, receipt_status, receipt_kind, receipt_worked_seconds, receipt_late_seconds, receipt_early_seconds, receipt_punch_count) VALUES
          ('01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-00000000000A', '2026-03-02 07:30:05.25Z', 'Europe/Berlin', '2026-03-02 08:30:05.25',
            'Undetermined', 'Face', 'kiosk-1', 'first', true, false, '2026-03-02', 'Present', 'Unscheduled', 0, 0, 0, 1),
          ('01900000-0000-7000-8000-000000000002', '01900000-0000-7000-8000-00000000000A', '2026-03-02 16:00:00Z', 'Europe/Berlin', '2026-03-02 17:00:00',
            'Undetermined', 'Face', 'kiosk-1', 'second', false, false, '2026-03-02', 'Present', 'Unscheduled', 0, 0, 0, 1),
          ('01900000-0000-7000-8000-000000000003', '01900000-0000-7000-8000-00000000000A', '2026-03-03 16:00:00Z', 'Europe/Berlin', '2026-03-03 17:00:00',
            'Undetermined', 'Pin', 'kiosk-1', 'third', false, false, '2026-03-03', 'Present', 'Unscheduled', 0, 0, 0, 1);
        INSERT INTO audit_entries (at, by, action, person_id) VALUES
          ('2026-02-01 08:00:00Z', 'HR', 'person.deactivated', '01900000-0000-7000-8000-00000000000B'),
          ('2026-03-02 12:00:00Z', 'HR', 'person.deactivated', '01900000-0000-7000-8000-00000000000B');
        INSERT INTO schedules (id, name, time_zone, start_time, end_time, weekdays, window_before_seconds, window_after_seconds, break_seconds, break_after_seconds,
            direction, hours, late_grace_seconds, early_grace_seconds, duplicate_seconds) VALUES
          ('01900000-0000-7000-8000-000000000009', 'Office', 'Europe/Berlin', '09:00:00', '17:00:00', 127, 7200, 14400, 0, 0, 'Alternating', 'FirstInLastOut', 0, 0, 60);
        INSERT INTO schedule_assignments (id, person_id, schedule_id, first_date, last_date) VALUES
          ('01900000-0000-7000-8000-000000000008', '01900000-0000-7000-8000-00000000000B', '01900000-0000-7000-8000-000000000009', '2026-03-01', '2026-03-03');
        INSERT INTO attendance_days (person_id, date, status, kind, worked_seconds, late_seconds, early_seconds, punch_count, listed_at) VALUES
          ('01900000-0000-7000-8000-00000000000B', '2026-03-03', 'Absent', 'Workday', 0, 0, 0, 0, '2026-03-03 23:59:59.999999');
        """;

    public static async Task CheckAsync(StorageTestHost host)
    {
        await using var context = await host.Contexts.CreateDbContextAsync();
        var grace = await context.People.SingleAsync(person => person.EmployeeId == "E-2");
        (await context.People.OrderBy(person => person.EmployeeId).Select(person => person.LastRecognizedAt).ToListAsync())
            .ShouldBe([new DateTimeOffset(2026, 3, 2, 16, 0, 0, TimeSpan.Zero), null, null]);
        (await context.InactivePeriods.OrderByDescending(period => period.Since).Select(period => period.ToPeriod())
            .ToListAsync()).ShouldBe(
            [new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero)), new(new DateTimeOffset(2026, 1, 2, 8, 0, 0, TimeSpan.Zero))]);

        // The host works it off by itself: of the time in which Grace was not active, nothing is left.
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (await context.Derivations.AnyAsync(row => row.Sequence > 0, timeout.Token))
        {
            await Task.Delay(20, timeout.Token);
        }

        (await host.Attendance.ReadDaysAsync(Samples.Monday.AddDays(-1), Samples.Monday.AddDays(9), grace.Id).ToListAsync())
            .Select(day => (day.Date, day.Status)).ShouldBe([(Samples.Monday.AddDays(-1), AttendanceStatus.Absent)]);
    }
}

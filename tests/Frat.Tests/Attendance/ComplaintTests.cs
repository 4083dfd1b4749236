
namespace Frat.Tests.Attendance;

/// <summary>
/// What others get wrong and their users report (the list of docs/attendance.md). Each row of the table is one complaint: what was punched,
/// and what the days have to come to.
/// </summary>
public sealed class ComplaintTests
{
    public static TheoryData<string> Complaints =>
    [
        "a night shift is split at midnight",
        "days of UTC are shown as local days",
        "the clock is put forward during the shift",
        "the clock is put back during the shift",
        "a forgotten check-out corrupts the next day",
        "a forgotten check-out of a night shift corrupts the next night",
        "a late punch is never reconsidered",
        "a conflict of shifts makes punches vanish from the calculation",
        "overtime beyond the window makes punches vanish from the calculation",
        "a correction of the day is without its times",
    ];

    [Theory]
    [MemberData(nameof(Complaints))]
    public void Derive_WhatOthersGetWrong_IsRight(string complaint)
    {
        var (facts, expected) = Case(complaint);

        var days = facts.Days(expected[0].Date, expected[^1].Date);

        days.Select(day => new Expected(
            day.Date,
            day.Day?.Status,
            day.Day?.Worked.TotalHours ?? 0,
            string.Join(' ', day.Punches.Select(punch => punch.Role)))).ShouldBe(expected);
    }

    private static (Facts Facts, Expected[] Days) Case(string complaint)
    {
        var monday = Facts.Monday;
        var tuesday = monday.AddDays(1);
        switch (complaint)
        {
            case "a night shift is split at midnight":
                return (new Facts { Schedule = Facts.Night }.With("21:55", "2026-03-03 06:05"),
                    [new(monday, AttendanceStatus.Present, 8 + (10 / 60.0), "In Out"), new(tuesday, AttendanceStatus.Absent, 0, "")]);

            case "days of UTC are shown as local days":
                // 08:00 to 16:00 in Tokyo is 23:00 to 07:00 UTC.
                return (new Facts
                {
                    Zone = "Asia/Tokyo", Schedule = Facts.Office with { TimeZone = "Asia/Tokyo", Start = new(8, 0), End = new(16, 0) }
                }.With("08:00", "16:00"),
                    [new(monday, AttendanceStatus.Present, 8, "In Out")]);

            case "the clock is put forward during the shift":
                // 22:00 to 06:00 of this night are seven hours.
                return (new Facts { Schedule = Facts.Night with { Weekdays = Weekdays.All, HalfDayBelow = TimeSpan.FromHours(8) } }.With(
                    "2026-03-28 22:00", "2026-03-29 06:00"),
                    [new(new(2026, 3, 28), AttendanceStatus.Present, 7, "In Out")]);

            case "the clock is put back during the shift":
                return (new Facts { Schedule = Facts.Night with { Weekdays = Weekdays.All, HalfDayBelow = TimeSpan.FromHours(8) } }.With(
                    "2026-10-24 22:00", "2026-10-25 06:00"),
                    [new(new(2026, 10, 24), AttendanceStatus.Present, 9, "In Out")]);

            case "a forgotten check-out corrupts the next day":
                return (new Facts().With("09:00", "2026-03-03 09:00", "2026-03-03 17:00"),
                    [new(monday, AttendanceStatus.Incomplete, 0, "Unpaired"), new(tuesday, AttendanceStatus.Present, 8, "In Out")]);

            case "a forgotten check-out of a night shift corrupts the next night":
                return (new Facts { Schedule = Facts.Night }.With("22:00", "2026-03-03 22:00", "2026-03-04 06:00"),
                    [new(monday, AttendanceStatus.Incomplete, 0, "Unpaired"), new(tuesday, AttendanceStatus.Present, 8, "In Out")]);

            case "a late punch is never reconsidered":
                // The kiosk was offline: what happened first arrives last.
                return (new Facts().With("17:00", "12:00", "13:00", "09:00"),
                    [new(monday, AttendanceStatus.Present, 8, "In Between Between Out")]);

            case "a conflict of shifts makes punches vanish from the calculation":
                // Windows of twelve hours on both sides overlap with those of the neighbours.
                return (new Facts
                {
                    Schedule = Facts.Office with { WindowBefore = TimeSpan.FromHours(12), WindowAfter = TimeSpan.FromHours(12) }
                }
                        .With("09:00", "2026-03-03 00:30", "2026-03-03 06:00", "2026-03-03 17:00"),
                    [new(monday, AttendanceStatus.Present, 15.5, "In Out"), new(tuesday, AttendanceStatus.Present, 11, "In Out")]);

            case "overtime beyond the window makes punches vanish from the calculation":
                return (new Facts { Schedule = Facts.Office with { WindowAfter = TimeSpan.FromHours(1) } }.With("09:00", "21:30"),
                    [new(monday, AttendanceStatus.Present, 12.5, "In Out")]);

            case "a correction of the day is without its times":
            {
                var facts = new Facts();
                facts.Correct(facts.Punch("09:40"), "2026-03-02 09:00");
                var wrong = facts.Punch("11:00");
                facts.Correct(wrong, null);
                facts.Punch("17:00");
                return (facts, [new(monday, AttendanceStatus.Present, 8, "In Void Out")]);
            }

            default:
                throw new ArgumentException(complaint);
        }
    }

    public sealed record Expected(DateOnly Date, AttendanceStatus? Status, double Hours, string Punches)
    {
        public bool Equals(Expected? other) =>
            other is not null
                && other.Date == Date
                && other.Status == Status
                && Math.Abs(other.Hours - Hours) < 1e-6
                && other.Punches == Punches;

        public override int GetHashCode() => Date.GetHashCode();
    }
}

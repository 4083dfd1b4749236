using Frat.WebHost.Pages.Schedules;

namespace Frat.WebHost.Tests;

/// <summary>Holidays as lines, and out of files that anybody may have made.</summary>
public sealed class HolidayTextTests
{
    private static readonly DateOnly First = new(2026, 1, 1);
    private static readonly DateOnly Last = new(2028, 12, 31);

    [Fact]
    public void Lines_AreReadAsTheyAreWritten()
    {
        const string Text = "2026-12-24 Christmas Eve (second half)\n2026-12-25 Christmas Day\n2027-01-06 Día de Reyes (first half)";

        var (holidays, problem) = HolidayText.Read(Text.Replace("\n", "\r\n\r\n", StringComparison.Ordinal));

        problem.ShouldBeNull();
        holidays.Select(holiday => holiday.Part).ShouldBe([LeavePart.SecondHalf, LeavePart.FullDay, LeavePart.FirstHalf]);
        HolidayText.Write(holidays).ShouldBe(Text);
    }

    [Theory]
    [InlineData("25.12.2026 Christmas", "Line 1")]
    [InlineData("2026-12-25 a\n2026-12-25 b", "2026-12-25 is there twice")]
    [InlineData("2026-12-25", "Line 1")]
    [InlineData("2026-12-24 (first half)", "Line 1")]
    [InlineData("\n2026-02-30 x", "Line 2")]
    public void Lines_ThatCannotBeRead_AreNamed(string text, string problem) =>
        HolidayText.Read(text).Problem.ShouldNotBeNull().ShouldContain(problem);

    [Fact]
    public void File_OfDaysThatComeAgain_GivesEachOfThem()
    {
        var holidays = HolidayText.ReadCalendar(HolidayTexts.Yearly, First, Last).ShouldNotBeNull();

        holidays.Select(holiday => (holiday.Date, holiday.Name)).ShouldBe(
        [
            (new(2026, 12, 25), "Christmas Day"), (new(2026, 12, 26), "Two days, folded"), (new(2026, 12, 27), "Two days, folded"),
            (new(2027, 12, 25), "Christmas Day"), (new(2028, 12, 25), "Christmas Day"),
        ]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20269999\r\nSUMMARY:x\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n")]
    [InlineData("DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=SECONDLY\r\nSUMMARY:x")]
    [InlineData("DTSTART;VALUE=DATE:20260101\r\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=31\r\nSUMMARY:x")]
    [InlineData("DTSTART:20260101T000000Z\r\nDTEND:20260102T000000Z\r\nSUMMARY:no whole day")]
    public void File_ThatIsNone_OrWouldGoOnForEver_GivesNothing(string file) =>
        (HolidayText.ReadCalendar(file.StartsWith('D') ? HolidayTexts.Event(file) : file, First, Last) ?? []).ShouldBeEmpty();

    [Fact]
    public void File_OfEveryDay_IsBounded()
    {
        var file = HolidayTexts.Event("DTSTART;VALUE=DATE:19000101\r\nRRULE:FREQ=DAILY\r\nSUMMARY:" + new string('x', 500));

        var holidays = HolidayText.ReadCalendar(file, First, Last).ShouldNotBeNull();

        holidays.Count.ShouldBeInRange(1, HolidayText.Most);
        holidays[0].Name.Length.ShouldBe(HolidayCalendar.MaxNameLength);
    }
}

/// <summary>Files of holidays.</summary>
internal static class HolidayTexts
{
    public static string Yearly { get; } =
        Event("DTSTART;VALUE=DATE:20201225\r\nDTEND;VALUE=DATE:20201226\r\nRRULE:FREQ=YEARLY\r\nSUMMARY:Christmas Day")
            .Replace("END:VCALENDAR\r\n", "", StringComparison.Ordinal)
        + "BEGIN:VEVENT\r\nUID:2\r\nDTSTAMP:20200101T000000Z\r\nDTSTART;VALUE=DATE:20261226\r\nDTEND;VALUE=DATE:20261228\r\n"
        + "SUMMARY:Two days\\, fol\r\n ded\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";

    public static string Event(string lines) =>
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20200101T000000Z\r\n"
            + lines + "\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
}

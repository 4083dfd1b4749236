using System.Globalization;

namespace Frat.WebHost.Pages;

/// <summary>How pages write dates, times and what a day came to.</summary>
internal static class DayText
{
    public const string IsoFormat = "yyyy-MM-dd";

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Month(DateOnly date) => date.ToString("MMMM yyyy", Culture);

    public static string Iso(DateOnly date) => date.ToString(IsoFormat, Culture);

    public static string Long(DateOnly date) => date.ToString("dddd, d MMMM yyyy", Culture);

    public static string Short(DateOnly date) => date.ToString("d MMM yyyy", Culture);

    public static string Clock(TimeOnly time) => time.ToString("HH:mm", Culture);

    public static string Words(AttendanceStatus status) => status switch
    {
        AttendanceStatus.HalfDay => "Half day",
        AttendanceStatus.OnLeave => "On leave",
        _ => status.ToString(),
    };

    public static string Words(DayKind kind) => kind switch
    {
        DayKind.DayOff => "Day off",
        DayKind.Unscheduled => "No schedule",
        DayKind.HalfHoliday => "Half a holiday",
        _ => kind.ToString(),
    };

    public static string Words(LeavePart leave) => leave switch
    {
        LeavePart.FirstHalf => "Leave, first half",
        LeavePart.SecondHalf => "Leave, second half",
        LeavePart.Hours => "Leave, some hours",
        _ => "Leave, whole day",
    };

    public static string Words(LeaveKind kind) => kind switch
    {
        LeaveKind.Paid => "Paid leave",
        LeaveKind.Unpaid => "Unpaid leave",
        LeaveKind.Sick => "Sick leave",
        LeaveKind.RemoteWork => "Remote work",
        _ => "Business trip",
    };

    /// <summary>Which part of each day a leave takes.</summary>
    public static string PartOf(Leave leave) => leave.Part switch
    {
        LeavePart.FirstHalf => "first half",
        LeavePart.SecondHalf => "second half",
        LeavePart.Hours => $"{Clock(leave.Start!.Value)} to {Clock(leave.End!.Value)}",
        _ => "whole day",
    };

    /// <summary>Some dates; the last is null where there is no end.</summary>
    public static string Span(DateOnly from, DateOnly? to) =>
        to is not { } last ? $"from {Short(from)} on" : last == from ? Short(from) : $"{Short(from)} to {Short(last)}";

    /// <summary>The time worked, and of how much that was asked for; nothing where there is neither.</summary>
    public static string Hours(AttendanceDay day) =>
        day.Expected > TimeSpan.Zero
            ? $"{Minutes(day.Worked)} of {Minutes(day.Expected)}"
            : day.Worked > TimeSpan.Zero ? Minutes(day.Worked) : "";

    /// <summary>Hours and minutes.</summary>
    public static string Minutes(TimeSpan time)
    {
        var minutes = (int)Math.Round(time.TotalMinutes, MidpointRounding.AwayFromZero);
        return string.Create(Culture, $"{minutes / 60}:{minutes % 60:00}");
    }
}

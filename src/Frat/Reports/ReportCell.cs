namespace Frat;

/// <summary>What a cell holds.</summary>
internal enum ReportCellKind
{
    Empty,
    Text,
    Number,
    Flag,

    /// <summary>A date.</summary>
    Date,

    /// <summary>A local date and time, to the second.</summary>
    LocalTime,

    /// <summary>A moment in UTC, to the millisecond.</summary>
    Instant,

    /// <summary>A number of hours and minutes that may be above 24 hours.</summary>
    Duration,
}

/// <summary>One value of a report: a number stays a number, and only a text is ever written as one.</summary>
internal readonly struct ReportCell
{
    private readonly string? _text;
    private readonly long _ticks;
    private readonly double _number;

    private ReportCell(ReportCellKind kind, string? text = null, double number = 0, long ticks = 0) =>
        (Kind, _text, _number, _ticks) = (kind, text, number, ticks);

    public ReportCellKind Kind { get; }

    public string Text => _text ?? "";

    public double Number => _number;

    public bool Flag => _ticks != 0;

    public DateTime Time => new(_ticks, Kind == ReportCellKind.Instant ? DateTimeKind.Utc : DateTimeKind.Unspecified);

    public TimeSpan Duration => new(_ticks);

    public static ReportCell Of(string? text) => text is null ? default : new(ReportCellKind.Text, text);

    public static ReportCell Of(long number) => new(ReportCellKind.Number, number: number);

    public static ReportCell Of(double number) => double.IsFinite(number) ? new(ReportCellKind.Number, number: number) : default;

    /// <summary>The shortest decimal that is this float: 0.31 is written as 0.31, not with the digits that a double would add.</summary>
    public static ReportCell Of(float? number) =>
        number is { } value && float.IsFinite(value) ? new(ReportCellKind.Number, number: (double)(decimal)value) : default;

    public static ReportCell Of(bool flag) => new(ReportCellKind.Flag, ticks: flag ? 1 : 0);

    public static ReportCell Of(DateOnly date) => new(ReportCellKind.Date, ticks: date.ToDateTime(TimeOnly.MinValue).Ticks);

    public static ReportCell Local(DateTime? localTime) =>
        localTime is { } time ? new(ReportCellKind.LocalTime, ticks: time.Ticks) : default;

    public static ReportCell Instant(DateTimeOffset instant) => new(ReportCellKind.Instant, ticks: instant.UtcTicks);

    public static ReportCell Of(TimeSpan duration) => new(ReportCellKind.Duration, ticks: duration.Ticks);

    /// <summary>A duration as decimal hours, to four places: a third of a second.</summary>
    public static ReportCell Hours(TimeSpan duration) => new(ReportCellKind.Number, number: Math.Round(duration.TotalHours, 4));

    /// <summary>A duration as decimal minutes, to two places.</summary>
    public static ReportCell Minutes(TimeSpan duration) => new(ReportCellKind.Number, number: Math.Round(duration.TotalMinutes, 2));
}

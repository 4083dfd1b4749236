using System.Globalization;

namespace Frat.WebHost;

/// <summary>A person, as the API shows one.</summary>
/// <param name="EmployeeId">The employer's ID of the person; unique.</param>
/// <param name="Name">The person's name.</param>
/// <param name="EnrolledAt">When the person was registered.</param>
/// <param name="IsActive">False while the person is not to be recognised.</param>
internal sealed record PersonAnswer(string EmployeeId, string Name, DateTimeOffset EnrolledAt, bool IsActive)
{
    public static PersonAnswer Of(Person person) => new(person.EmployeeId, person.Name, person.EnrolledAt, person.IsActive);
}

/// <summary>What people are asked to agree to before they are registered.</summary>
/// <param name="Version">Which text this is; send it as `consent` with the registration.</param>
/// <param name="Text">The text.</param>
/// <param name="Purpose">What the face is used for.</param>
/// <param name="TermDays">After how many days the consent ends; null when it holds until it is withdrawn.</param>
internal sealed record ConsentAnswer(string Version, string Text, string Purpose, int? TermDays)
{
    public static ConsentAnswer Of(ConsentOptions consent) => new(consent.Version, consent.Text, consent.Purpose, consent.TermDays);
}

/// <summary>Where a face is, in pixels of the image. Edges are inside the box; a box may reach beyond the image.</summary>
/// <param name="Left">The leftmost column.</param>
/// <param name="Top">The topmost row.</param>
/// <param name="Right">The rightmost column.</param>
/// <param name="Bottom">The lowest row.</param>
internal sealed record BoxAnswer(int Left, int Top, int Right, int Bottom);

/// <summary>A face that was found.</summary>
/// <param name="Box">Where it is.</param>
/// <param name="Score">How sure the detector is; 0 and up.</param>
internal sealed record FaceAnswer(BoxAnswer Box, float Score);

/// <summary>Whether a photo is good enough to register with.</summary>
/// <param name="Verdict">Whether it is good enough.</param>
/// <param name="Message">The same as a sentence for a person.</param>
/// <param name="Width">Width of the decoded image in pixels.</param>
/// <param name="Height">Height of the decoded image in pixels.</param>
/// <param name="Faces">The faces, the surest first.</param>
internal sealed record AssessmentAnswer(PhotoVerdict Verdict, string Message, int Width, int Height, IReadOnlyList<FaceAnswer> Faces);

/// <summary>Who was recognised.</summary>
/// <param name="EmployeeId">The employer's ID of the person.</param>
/// <param name="Name">The person's name.</param>
internal sealed record RecognizedPerson(string EmployeeId, string Name);

/// <summary>What the day of a recognised person came to.</summary>
/// <param name="Date">The date at the site.</param>
/// <param name="Time">The time at the site of the check-in that marked the day.</param>
/// <param name="Status">What the day came to.</param>
/// <param name="Marked">True when this check-in marked the day; false when it had been marked already.</param>
internal sealed record MarkedDay(DateOnly Date, TimeOnly? Time, AttendanceStatus Status, bool Marked)
{
    /// <summary>What kind of day it is.</summary>
    public required DayKind Kind { get; init; }

    /// <summary>The leave of that day; null where there is none.</summary>
    public required LeavePart? Leave { get; init; }

    /// <summary>The hours that the schedule asks for, less the break; 0 where nobody is expected.</summary>
    public required double ExpectedHours { get; init; }

    /// <summary>The hours worked so far.</summary>
    public required double WorkedHours { get; init; }

    public static MarkedDay Of(PunchReceipt receipt) =>
        new(receipt.Day.Date, DayAnswer.ToSeconds(receipt.Day.Time), receipt.Day.Status, receipt.Marked)
        {
            Kind = receipt.Day.Kind,
            Leave = receipt.Day.Leave,
            ExpectedHours = DayAnswer.Hours(receipt.Day.Expected),
            WorkedHours = DayAnswer.Hours(receipt.Day.Worked),
        };
}

/// <summary>What came of a check-in.</summary>
/// <param name="Outcome">What came of it; only `recognized` recorded anything.</param>
/// <param name="Message">The same as a sentence for a person.</param>
/// <param name="Person">Who it was, when `recognized`.</param>
/// <param name="Attendance">What the day came to, when `recognized`.</param>
internal sealed record CheckInAnswer(IdentificationOutcome Outcome, string Message, RecognizedPerson? Person, MarkedDay? Attendance);

/// <summary>One person's day.</summary>
/// <param name="EmployeeId">The employer's ID of the person.</param>
/// <param name="Name">The person's name.</param>
/// <param name="Date">The date at the site.</param>
/// <param name="Time">The time at the site of the check-in that marked the day.</param>
/// <param name="Status">What the day came to.</param>
internal sealed record DayAnswer(string EmployeeId, string Name, DateOnly Date, TimeOnly? Time, AttendanceStatus Status)
{
    /// <summary>What kind of day it was.</summary>
    public required DayKind Kind { get; init; }

    /// <summary>The leave of that day; null where there was none.</summary>
    public required LeavePart? Leave { get; init; }

    /// <summary>How much leave it was: 0, 0.5 or 1 day.</summary>
    public required double LeaveDays { get; init; }

    /// <summary>How much the person was absent: 0, 0.5 or 1 day.</summary>
    public required double AbsentDays { get; init; }

    /// <summary>
    /// When the person left, by the site's clock, as `YYYY-MM-DDTHH:MM:SS`; null while nobody knows. A night shift ends on the next date.
    /// </summary>
    public required string? LastOut { get; init; }

    /// <summary>The hours that the schedule asked for, less the break; 0 where nobody was expected.</summary>
    public required double ExpectedHours { get; init; }

    /// <summary>The hours worked, less the break.</summary>
    public required double WorkedHours { get; init; }

    /// <summary>The minutes by which the person was late.</summary>
    public required int LateMinutes { get; init; }

    /// <summary>The minutes by which the person left early.</summary>
    public required int EarlyMinutes { get; init; }

    public static DayAnswer Of(AttendanceDay day) => new(day.Person.EmployeeId, day.Person.Name, day.Date, ToSeconds(day.Time), day.Status)
    {
        Kind = day.Kind,
        Leave = day.Leave,
        LeaveDays = (double)day.LeaveDays,
        AbsentDays = (double)day.AbsentDays,
        LastOut = day.LastOut?.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture),
        ExpectedHours = Hours(day.Expected),
        WorkedHours = Hours(day.Worked),
        LateMinutes = (int)day.LateBy.TotalMinutes,
        EarlyMinutes = (int)day.EarlyBy.TotalMinutes,
    };

    /// <summary>To four places, as the reports have them: a third of a second.</summary>
    public static double Hours(TimeSpan duration) => Math.Round(duration.TotalHours, 4);

    public static TimeOnly? ToSeconds(TimeOnly? time) => time is { } exact ? new(exact.Hour, exact.Minute, exact.Second) : null;
}

/// <summary>The attendance of a span of days, the latest day first.</summary>
/// <param name="From">The first date.</param>
/// <param name="To">The last date, included.</param>
/// <param name="Days">The days on which somebody checked in.</param>
internal sealed record AttendanceAnswer(DateOnly From, DateOnly To, IAsyncEnumerable<DayAnswer> Days);

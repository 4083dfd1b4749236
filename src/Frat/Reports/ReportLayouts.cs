namespace Frat;

/// <summary>The columns of the reports. Their keys are a promise to those who read the files with programs.</summary>
internal static class ReportLayouts
{
    private static readonly (AttendanceStatus Status, string Key, string Title)[] Statuses =
    [
        (AttendanceStatus.Present, "present", "Present"),
        (AttendanceStatus.Late, "late", "Late"),
        (AttendanceStatus.HalfDay, "half_day", "Half day"),
        (AttendanceStatus.Absent, "absent", "Absent"),
        (AttendanceStatus.OnLeave, "on_leave", "On leave"),
        (AttendanceStatus.Holiday, "holiday", "Holiday"),
        (AttendanceStatus.Incomplete, "incomplete", "Incomplete"),
    ];

    private static readonly (DayKind Kind, string Key, string Title)[] Kinds =
    [
        (DayKind.Workday, "workdays", "Workdays"),
        (DayKind.DayOff, "days_off", "Days off"),
        (DayKind.Holiday, "holidays", "Holidays"),
        (DayKind.Unscheduled, "unscheduled", "Without schedule"),
        (DayKind.HalfHoliday, "half_holidays", "Half holidays"),
    ];

    private static readonly (LeaveKind Kind, string Key, string Title)[] Leaves =
    [
        (LeaveKind.Paid, "paid_leave", "Paid leave"),
        (LeaveKind.Unpaid, "unpaid_leave", "Unpaid leave"),
        (LeaveKind.Sick, "sick_leave", "Sick leave"),
        (LeaveKind.RemoteWork, "remote_work", "Remote work"),
        (LeaveKind.BusinessTrip, "business_trip", "Business trip"),
    ];

    /// <summary>A day of one person.</summary>
    public static IReadOnlyList<ReportColumn<AttendanceDay>> Days { get; } =
    [
        new("date", "Date", ReportCellKind.Date, 12, day => ReportCell.Of(day.Date)),
        new("employee_id", "Employee ID", ReportCellKind.Text, 14, day => ReportCell.Of(day.Person.EmployeeId)),
        new("name", "Name", ReportCellKind.Text, 28, day => ReportCell.Of(day.Person.Name)),
        new("status", "Status", ReportCellKind.Text, 12, day => ReportCell.Of(day.Status.ToString())),
        new("first_in", "First in", ReportCellKind.LocalTime, 20, day => ReportCell.Local(day.FirstIn)),
        new("last_out", "Last out", ReportCellKind.LocalTime, 20, day => ReportCell.Local(day.LastOut)),
        new("worked_hours", "Worked (hours)", ReportCellKind.Number, 15, day => ReportCell.Hours(day.Worked)),
        new("worked", "Worked (h:mm)", ReportCellKind.Duration, 15, day => ReportCell.Of(day.Worked)),
        new("is_late", "Late", ReportCellKind.Flag, 8, day => ReportCell.Of(day.IsLate)),
        new("late_minutes", "Late (minutes)", ReportCellKind.Number, 15, day => ReportCell.Minutes(day.LateBy)),
        new("left_early", "Left early", ReportCellKind.Flag, 10, day => ReportCell.Of(day.LeftEarly)),
        new("early_minutes", "Early (minutes)", ReportCellKind.Number, 15, day => ReportCell.Minutes(day.EarlyBy)),
        new("punches", "Punches", ReportCellKind.Number, 9, day => ReportCell.Of(day.PunchCount)),
        new("kind", "Kind of day", ReportCellKind.Text, 13, day => ReportCell.Of(day.Kind.ToString())),
        new("leave", "Leave", ReportCellKind.Text, 12, day => ReportCell.Of(day.Leave?.ToString())),
        new("leave_days", "Leave (days)", ReportCellKind.Number, 13, day => ReportCell.Of((double)day.LeaveDays)),
        new("absent_days", "Absent (days)", ReportCellKind.Number, 13, day => ReportCell.Of((double)day.AbsentDays)),
        new("expected_hours", "Expected (hours)", ReportCellKind.Number, 16, day => ReportCell.Hours(day.Expected)),
        new("expected", "Expected (h:mm)", ReportCellKind.Duration, 16, day => ReportCell.Of(day.Expected)),
        new("overtime_hours", "Overtime (hours)", ReportCellKind.Number, 16, day => ReportCell.Hours(day.Overtime)),
        new("undertime_hours", "Undertime (hours)", ReportCellKind.Number, 17, day => ReportCell.Hours(day.Undertime)),
        new("night_hours", "Night (hours)", ReportCellKind.Number, 14, day => ReportCell.Hours(day.NightWorked)),
        new("holiday_hours", "On holidays (hours)", ReportCellKind.Number, 19, day => ReportCell.Hours(day.HolidayWorked)),
        new("leave_kind", "Kind of leave", ReportCellKind.Text, 14, day => ReportCell.Of(day.LeaveKind?.ToString())),
        new("second_leave_kind", "Second half's leave", ReportCellKind.Text, 19, day => ReportCell.Of(day.SecondLeaveKind?.ToString())),
        new("leave_hours", "Leave (hours)", ReportCellKind.Number, 14, day => ReportCell.Hours(day.LeaveTime)),
    ];

    /// <summary>What the days of one person add up to.</summary>
    public static IReadOnlyList<ReportColumn<PersonSummary>> Summaries { get; } =
    [
        new("employee_id", "Employee ID", ReportCellKind.Text, 14, row => ReportCell.Of(row.Person.EmployeeId)),
        new("name", "Name", ReportCellKind.Text, 28, row => ReportCell.Of(row.Person.Name)),
        new("days", "Days", ReportCellKind.Number, 8, row => ReportCell.Of(row.Totals.Days)),
        .. Statuses.Select(entry => new ReportColumn<PersonSummary>(
            entry.Key, entry.Title, ReportCellKind.Number, 11, row => ReportCell.Of(row.Totals.Count(entry.Status)))),
        new("worked_hours", "Worked (hours)", ReportCellKind.Number, 15, row => ReportCell.Hours(row.Totals.Worked)),
        new("worked", "Worked (h:mm)", ReportCellKind.Duration, 15, row => ReportCell.Of(row.Totals.Worked)),
        new("late_days", "Days late", ReportCellKind.Number, 10, row => ReportCell.Of(row.Totals.LateDays)),
        new("late_minutes", "Late (minutes)", ReportCellKind.Number, 15, row => ReportCell.Minutes(row.Totals.LateBy)),
        new("early_days", "Days left early", ReportCellKind.Number, 15, row => ReportCell.Of(row.Totals.EarlyDays)),
        new("early_minutes", "Early (minutes)", ReportCellKind.Number, 15, row => ReportCell.Minutes(row.Totals.EarlyBy)),
        new("punches", "Punches", ReportCellKind.Number, 9, row => ReportCell.Of(row.Totals.Punches)),
        new("leave_days", "Leave (days)", ReportCellKind.Number, 13, row => ReportCell.Of((double)row.Totals.LeaveDays)),
        new("absent_days", "Absent (days)", ReportCellKind.Number, 13, row => ReportCell.Of((double)row.Totals.AbsentDays)),
        new("expected_hours", "Expected (hours)", ReportCellKind.Number, 16, row => ReportCell.Hours(row.Totals.Expected)),
        new("expected", "Expected (h:mm)", ReportCellKind.Duration, 16, row => ReportCell.Of(row.Totals.Expected)),
        .. Kinds.SelectMany(entry => new ReportColumn<PersonSummary>[]
        {
            new(
                $"{entry.Key}_worked",
                $"{entry.Title} worked",
                ReportCellKind.Number,
                23,
                row => ReportCell.Of(row.Totals.DaysWorkedOn(entry.Kind))),
            new(
                $"{entry.Key}_hours",
                $"{entry.Title} (hours)",
                ReportCellKind.Number,
                23,
                row => ReportCell.Hours(row.Totals.WorkedOn(entry.Kind))),
        }),
        new("overtime_hours", "Overtime (hours)", ReportCellKind.Number, 16, row => ReportCell.Hours(row.Totals.Overtime)),
        new("undertime_hours", "Undertime (hours)", ReportCellKind.Number, 17, row => ReportCell.Hours(row.Totals.Undertime)),
        new("balance_hours", "Balance (hours)", ReportCellKind.Number, 15, row => ReportCell.Hours(row.Totals.Balance)),
        new("night_hours", "Night (hours)", ReportCellKind.Number, 14, row => ReportCell.Hours(row.Totals.NightWorked)),
        new("holiday_hours", "On holidays (hours)", ReportCellKind.Number, 19, row => ReportCell.Hours(row.Totals.HolidayWorked)),
        new("leave_hours", "Leave (hours)", ReportCellKind.Number, 14, row => ReportCell.Hours(row.Totals.LeaveTime)),
        .. Leaves.Select(entry => new ReportColumn<PersonSummary>(
            $"{entry.Key}_days",
            $"{entry.Title} (days)",
            ReportCellKind.Number,
            20,
            row => ReportCell.Of((double)row.Totals.LeaveDaysOf(entry.Kind)))),
    ];

    /// <summary>A punch, and whose it is. A person who is not known any more has only an id.</summary>
    public static IReadOnlyList<ReportColumn<(Punch Punch, Person? Person)>> Punches { get; } =
    [
        new("employee_id", "Employee ID", ReportCellKind.Text, 14, row => ReportCell.Of(row.Person?.EmployeeId)),
        new("name", "Name", ReportCellKind.Text, 28, row => ReportCell.Of(row.Person?.Name)),
        new("local_time", "Local time", ReportCellKind.LocalTime, 20, row => ReportCell.Local(row.Punch.LocalTime)),
        new("time_zone", "Time zone", ReportCellKind.Text, 20, row => ReportCell.Of(row.Punch.TimeZone)),
        new("instant", "Instant (UTC)", ReportCellKind.Instant, 20, row => ReportCell.Instant(row.Punch.Instant)),
        new("direction", "Direction", ReportCellKind.Text, 14, row => ReportCell.Of(row.Punch.Direction.ToString())),
        new("method", "Method", ReportCellKind.Text, 10, row => ReportCell.Of(row.Punch.Method.ToString())),
        new("source", "Source", ReportCellKind.Text, 24, row => ReportCell.Of(row.Punch.Source)),
        new("distance", "Distance", ReportCellKind.Number, 10, row => ReportCell.Of(row.Punch.Distance)),
        new("detection_score", "Detection score", ReportCellKind.Number, 15, row => ReportCell.Of(row.Punch.DetectionScore)),
        new("punch_id", "Punch ID", ReportCellKind.Text, 38, row => ReportCell.Of(row.Punch.Id.ToString())),
    ];

    /// <summary>Somebody who is enrolled.</summary>
    public static IReadOnlyList<ReportColumn<PersonRecord>> People { get; } =
    [
        new("employee_id", "Employee ID", ReportCellKind.Text, 14, row => ReportCell.Of(row.Person.EmployeeId)),
        new("name", "Name", ReportCellKind.Text, 28, row => ReportCell.Of(row.Person.Name)),
        new("is_active", "Active", ReportCellKind.Flag, 8, row => ReportCell.Of(row.Person.IsActive)),
        new("enrolled_at", "Enrolled (UTC)", ReportCellKind.Instant, 20, row => ReportCell.Instant(row.Person.EnrolledAt)),
        new("templates", "Templates", ReportCellKind.Number, 10, row => ReportCell.Of(row.Templates.Count)),
        new(
            "encoders",
            "Encoders",
            ReportCellKind.Text,
            16,
            row => ReportCell.Of(Words(row.Templates.Select(template => template.EncoderId)))),
        new(
            "templates_created_by",
            "Templates by",
            ReportCellKind.Text,
            20,
            row => ReportCell.Of(Words(row.Templates.Select(template => template.CreatedBy.ToString())))),
        new(
            "newest_template_at",
            "Newest template (UTC)",
            ReportCellKind.Instant,
            22,
            row => Instant(row.Templates.Select(template => (DateTimeOffset?)template.CreatedAt).Max())),
        new("consent_version", "Consent", ReportCellKind.Text, 12, row => ReportCell.Of(row.Consent?.TextVersion)),
        new("consent_purpose", "Purpose", ReportCellKind.Text, 30, row => ReportCell.Of(row.Consent?.Purpose)),
        new("consent_basis", "Basis", ReportCellKind.Text, 10, row => ReportCell.Of(row.Consent?.Basis.ToString())),
        new("consent_given_at", "Given (UTC)", ReportCellKind.Instant, 20, row => Instant(row.Consent?.GivenAt)),
        new("consent_expires_at", "Expires (UTC)", ReportCellKind.Instant, 20, row => Instant(row.Consent?.ExpiresAt)),
        new("consent_withdrawn_at", "Withdrawn (UTC)", ReportCellKind.Instant, 20, row => Instant(row.Consent?.WithdrawnAt)),
        new("consent_recorded_by", "Recorded by", ReportCellKind.Text, 20, row => ReportCell.Of(row.Consent?.RecordedBy.ToString())),
    ];

    /// <summary>
    /// What a person's days add up to. In the row below them, the first column says "total", and the flags' columns hold on how many days
    /// the flag is set.
    /// </summary>
    public static ReportTotals TotalsOf(Person person, AttendanceTotals totals)
    {
        var summary = new PersonSummary { Person = person, Totals = totals };
        ReportCell[] row =
        [
            ReportCell.Of("total"), ReportCell.Of(person.EmployeeId), ReportCell.Of(person.Name), default, default, default,
            ReportCell.Hours(totals.Worked), ReportCell.Of(totals.Worked),
            ReportCell.Of(
                totals.LateDays), ReportCell.Minutes(totals.LateBy), ReportCell.Of(totals.EarlyDays), ReportCell.Minutes(totals.EarlyBy),
            ReportCell.Of(
                totals.Punches), default, default, ReportCell.Of((double)totals.LeaveDays), ReportCell.Of((double)totals.AbsentDays),
            ReportCell.Hours(totals.Expected), ReportCell.Of(totals.Expected),
            ReportCell.Hours(totals.Overtime), ReportCell.Hours(totals.Undertime), ReportCell.Hours(totals.NightWorked),
            ReportCell.Hours(totals.HolidayWorked), default, default, ReportCell.Hours(totals.LeaveTime),
        ];
        return new ReportTotals(
            row, [.. Summaries.Select(column => column.Untyped)], [.. Summaries.Select(column => column.Value(summary))]);
    }

    private static ReportCell Instant(DateTimeOffset? instant) => instant is { } moment ? ReportCell.Instant(moment) : default;

    private static string Words(IEnumerable<string> words) => string.Join(", ", words.Distinct().Order(StringComparer.Ordinal));
}

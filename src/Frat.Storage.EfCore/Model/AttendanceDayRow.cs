namespace Frat.Storage.EfCore;

/// <summary>Derived from the facts, and derived anew whenever they change.</summary>
internal sealed class AttendanceDayRow
{
    public required Guid PersonId { get; init; }

    public PersonRow? Person { get; init; }

    public required DateOnly Date { get; init; }

    public AttendanceStatus Status { get; set; }

    public DayKind Kind { get; set; }

    public LeavePart? Leave { get; set; }

    public LeaveKind? LeaveKind { get; set; }

    public LeaveKind? SecondLeaveKind { get; set; }

    public int LeaveSeconds { get; set; }

    public DateTime? FirstIn { get; set; }

    public DateTime? LastOut { get; set; }

    public int WorkedSeconds { get; set; }

    public int ExpectedSeconds { get; set; }

    public int OvertimeSeconds { get; set; }

    public int UndertimeSeconds { get; set; }

    public int NightSeconds { get; set; }

    public int HolidaySeconds { get; set; }

    public int LateSeconds { get; set; }

    public int EarlySeconds { get; set; }

    public Guid? ScheduleId { get; set; }

    public Guid? PunchId { get; set; }

    public int PunchCount { get; set; }

    /// <summary>
    /// Where the day stands among those of its date: the time of coming, or else after all of them. Databases sort nulls differently.
    /// </summary>
    public DateTime ListedAt { get; set; }

    /// <summary>When the day has to be looked at again by itself; null when it is judged for good.</summary>
    public DateTimeOffset? ClosesAt { get; set; }

    /// <summary>Takes over what was derived; the change tracker finds out whether anything is different.</summary>
    public void Set(AttendanceDay day, DateTimeOffset? closesAt)
    {
        Status = day.Status;
        Kind = day.Kind;
        Leave = day.Leave;
        LeaveKind = day.LeaveKind;
        SecondLeaveKind = day.SecondLeaveKind;
        LeaveSeconds = (int)day.LeaveTime.TotalSeconds;
        FirstIn = day.FirstIn;
        LastOut = day.LastOut;
        WorkedSeconds = (int)day.Worked.TotalSeconds;
        ExpectedSeconds = (int)day.Expected.TotalSeconds;
        OvertimeSeconds = (int)day.Overtime.TotalSeconds;
        UndertimeSeconds = (int)day.Undertime.TotalSeconds;
        NightSeconds = (int)day.NightWorked.TotalSeconds;
        HolidaySeconds = (int)day.HolidayWorked.TotalSeconds;
        LateSeconds = (int)day.LateBy.TotalSeconds;
        EarlySeconds = (int)day.EarlyBy.TotalSeconds;
        ScheduleId = day.ScheduleId;
        PunchId = day.PunchId;
        PunchCount = day.PunchCount;
        ListedAt = day.FirstIn ?? Date.ToDateTime(TimeOnly.MaxValue).ToMicrosecond();
        ClosesAt = closesAt?.ToMicrosecond();
    }

    public AttendanceDay ToDay(Person person) => new()
    {
        Person = person,
        Date = Date,
        Status = Status,
        Kind = Kind,
        Leave = Leave,
        LeaveKind = LeaveKind,
        SecondLeaveKind = SecondLeaveKind,
        LeaveTime = TimeSpan.FromSeconds(LeaveSeconds),
        FirstIn = FirstIn,
        LastOut = LastOut,
        Worked = TimeSpan.FromSeconds(WorkedSeconds),
        Expected = TimeSpan.FromSeconds(ExpectedSeconds),
        Overtime = TimeSpan.FromSeconds(OvertimeSeconds),
        Undertime = TimeSpan.FromSeconds(UndertimeSeconds),
        NightWorked = TimeSpan.FromSeconds(NightSeconds),
        HolidayWorked = TimeSpan.FromSeconds(HolidaySeconds),
        LateBy = TimeSpan.FromSeconds(LateSeconds),
        EarlyBy = TimeSpan.FromSeconds(EarlySeconds),
        ScheduleId = ScheduleId,
        PunchId = PunchId,
        PunchCount = PunchCount,
    };
}

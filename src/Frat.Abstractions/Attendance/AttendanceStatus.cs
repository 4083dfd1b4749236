namespace Frat;

/// <summary>What a day came to. Stored by name, at most 10 characters.</summary>
public enum AttendanceStatus
{
    /// <summary>Was there.</summary>
    Present,

    /// <summary>Came after the grace.</summary>
    Late,

    /// <summary>Was there for less than a day's hours.</summary>
    HalfDay,

    /// <summary>Was not there.</summary>
    Absent,

    /// <summary>Had leave.</summary>
    OnLeave,

    /// <summary>Nobody was expected, and nobody worked: a holiday, or a day off with a single punch that has no partner.</summary>
    Holiday,

    /// <summary>
    /// A punch lacks its partner on a day on which somebody was expected; a person has to look. Never silently an absence.
    /// </summary>
    Incomplete,
}

/// <summary>What kind of day a date was for a person. Stored by name.</summary>
public enum DayKind
{
    /// <summary>No schedule was in force: the original's rule holds.</summary>
    Unscheduled,

    /// <summary>The schedule has a shift that starts on this date.</summary>
    Workday,

    /// <summary>The schedule has no shift on this weekday.</summary>
    DayOff,

    /// <summary>A holiday of the calendar.</summary>
    Holiday,

    /// <summary>A workday half of which is a holiday: somebody is expected for the other half.</summary>
    HalfHoliday,
}

/// <summary>In which order days are read.</summary>
public enum DayOrder
{
    /// <summary>The latest date first; within a date by the time of coming, days without a time last.</summary>
    LatestFirst,

    /// <summary>By date, the earliest first; within a date as <see cref="LatestFirst"/>.</summary>
    EarliestFirst,

    /// <summary>By employee ID, and for each person by date, the earliest first.</summary>
    ByPerson,
}

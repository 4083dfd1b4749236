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

    /// <summary>Nobody was expected.</summary>
    Holiday,

    /// <summary>A punch lacks its partner; somebody has to look. Never silently an absence.</summary>
    Incomplete,
}

/// <summary>One person's day, derived from the punches. Unique for each person and date.</summary>
/// <param name="Person">Whose day.</param>
/// <param name="Date">The local date at the site.</param>
/// <param name="Time">The local time of the punch that marked the day.</param>
/// <param name="Status">What the day came to. Without a schedule, the first punch of the local day marks it present.</param>
/// <param name="PunchId">The punch that marked the day.</param>
public sealed record AttendanceDay(Person Person, DateOnly Date, TimeOnly Time, AttendanceStatus Status, Guid PunchId);

/// <summary>What came of appending a punch. Sending the same punch again gives the same receipt.</summary>
/// <param name="Day">The day that the punch belongs to.</param>
/// <param name="Marked">True when this punch marked the day; false when the day had been marked already.</param>
public sealed record PunchReceipt(AttendanceDay Day, bool Marked);

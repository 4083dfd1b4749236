namespace Frat;

/// <summary>What came of appending a punch. Sending the same punch again gives the same receipt.</summary>
/// <param name="Day">The day that the punch belongs to, as it was when the punch was appended.</param>
/// <param name="Marked">True when this punch marked the day; false when the day had been marked already.</param>
/// <param name="Duplicate">True when it came so soon after another punch that it was recorded and not counted.</param>
public sealed record PunchReceipt(AttendanceDay Day, bool Marked, bool Duplicate = false);

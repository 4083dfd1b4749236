namespace Frat;

/// <summary>
/// What was to be stored contradicts what is there: an assignment overlaps another one of the same person, a name is taken, or a schedule
/// or calendar that is in use was to be deleted. Nothing was stored.
/// </summary>
public sealed class ScheduleConflictException : FratException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is in conflict with what.</param>
    public ScheduleConflictException(string message)
        : base(message)
    {
    }
}

namespace Frat;

/// <summary>
/// A punch has the id of another punch, or the idempotency key of another one of its source that is of somebody else, of another request,
/// or of another day. Nothing was stored.
/// </summary>
public sealed class PunchConflictException : FratException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is in conflict.</param>
    public PunchConflictException(string message)
        : base(message)
    {
    }
}

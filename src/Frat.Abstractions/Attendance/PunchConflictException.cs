namespace Frat;

/// <summary>A punch has the id or the idempotency key of another punch, which is of somebody else or has another key. Nothing was stored.</summary>
public sealed class PunchConflictException : FratException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is in conflict.</param>
    public PunchConflictException(string message)
        : base(message)
    {
    }
}

namespace Frat;

/// <summary>
/// The storage behind an <see cref="IPersonStore"/>, <see cref="IAttendanceLog"/> or another store failed. What the call was to write is
/// not stored, unless the message says that the outcome is unknown.
/// </summary>
public sealed class StoreException : FratException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="operation">What was being done, as the contract's method without <c>Async</c>: <c>Enroll</c>, <c>Append</c>, …</param>
    /// <param name="isTransient">True when the same call may succeed a little later.</param>
    /// <param name="message">What went wrong, and what to do about it.</param>
    /// <param name="innerException">The provider's own exception.</param>
    public StoreException(string operation, bool isTransient, string message, Exception? innerException = null)
        : base(message, innerException)
    {
        Operation = operation;
        IsTransient = isTransient;
    }

    /// <summary>What was being done.</summary>
    public string Operation { get; }

    /// <summary>True when the same call may succeed a little later: the database was locked, restarting, or out of reach.</summary>
    public bool IsTransient { get; }
}

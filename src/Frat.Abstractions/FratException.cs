namespace Frat;

/// <summary>
/// The base of every exception that FRAT throws of its own accord. "No face", "several faces" and "unknown person" are
/// results, never exceptions; a wrong argument in code is an <see cref="ArgumentException"/>.
/// </summary>
public abstract class FratException : Exception
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened, and what to do about it, in a sentence that may be shown to a person.</param>
    /// <param name="innerException">The cause, where another exception is behind it.</param>
    protected FratException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

namespace Frat;

/// <summary>
/// The keys of the templates are missing or can't be read. Templates can neither be read nor stored; nothing was changed.
/// </summary>
public sealed class TemplateKeyException : FratException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is missing, and what to do about it.</param>
    /// <param name="innerException">The cause, where another exception is behind it.</param>
    public TemplateKeyException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

namespace Frat;

/// <summary>
/// Templates were to be stored of somebody whose consent isn't in force: not given, withdrawn, or expired. Nothing was stored.
/// </summary>
public sealed class ConsentRequiredException : FratException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is missing.</param>
    public ConsentRequiredException(string message)
        : base(message)
    {
    }
}

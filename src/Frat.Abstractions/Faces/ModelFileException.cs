namespace Frat;

/// <summary>A model file is missing, damaged, or not what its name says.</summary>
public sealed class ModelFileException : FratException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="fileName">The model file's name.</param>
    /// <param name="message">What is wrong, what was tried, and how to mend it.</param>
    /// <param name="innerException">The cause, where another exception is behind it.</param>
    public ModelFileException(string fileName, string message, Exception? innerException = null)
        : base(message, innerException) => FileName = fileName;

    /// <summary>The model file's name.</summary>
    public string FileName { get; }
}

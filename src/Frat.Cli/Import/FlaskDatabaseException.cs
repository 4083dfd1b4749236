namespace Frat.Cli.Import;

/// <summary>The database can't be read, or isn't the original's. The message is for the user.</summary>
internal sealed class FlaskDatabaseException(string message, Exception? inner = null) : Exception(message, inner);

using Microsoft.Extensions.Logging;

namespace Frat.Cli.Database;

/// <summary>Sends the warnings of the engine and the stores to standard error.</summary>
internal sealed class TerminalLogging(Terminal terminal) : ILoggerProvider
{
    public ILogger CreateLogger(string categoryName) => new ErrorLogger<TerminalLogging>(terminal, isTalkative: false);

    public void Dispose()
    {
    }
}

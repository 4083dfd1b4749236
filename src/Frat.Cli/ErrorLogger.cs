using Microsoft.Extensions.Logging;

namespace Frat.Cli;

/// <summary>Writes what a library logs to standard error: warnings always, information only where a person watches.</summary>
/// <param name="terminal">Where to.</param>
/// <param name="isTalkative">Whether information is worth a line on a terminal.</param>
internal sealed class ErrorLogger<T>(Terminal terminal, bool isTalkative) : ILogger<T>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) =>
        logLevel >= (isTalkative && terminal.IsErrorTerminal ? LogLevel.Information : LogLevel.Warning);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            terminal.WriteError(formatter(state, exception));
        }
    }
}

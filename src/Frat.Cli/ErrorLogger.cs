using Microsoft.Extensions.Logging;

namespace Frat.Cli;

/// <summary>Writes what the libraries log to standard error: warnings always, the course of things only where a person reads it.</summary>
internal sealed class ErrorLogger<T>(Terminal terminal) : ILogger<T>
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= (terminal.IsErrorTerminal ? LogLevel.Information : LogLevel.Warning);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            terminal.Complain(formatter(state, exception));
        }
    }
}

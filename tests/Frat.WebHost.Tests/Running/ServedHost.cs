using System.Collections.Concurrent;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace Frat.WebHost.Tests;

/// <summary>The host behind its real server, at an address of this machine: what connections do is seen there only.</summary>
public sealed class ServedHost : TestHost
{
    private readonly (string Key, string Value)[] _settings;
    private readonly ConcurrentQueue<string> _log = new();

    public ServedHost(params (string Key, string Value)[] settings)
    {
        _settings = settings;
        UseKestrel(0);
        StartServer();
        ClientOptions.AllowAutoRedirect = false;
        Address = ClientOptions.BaseAddress;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>What it logged from warnings on: category, number, text.</summary>
    public IReadOnlyCollection<string> Log => _log;

    internal Task<RawConnection> ConnectAsync() => RawConnection.OpenAsync(Address);

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        base.ConfigureWebHost(builder);
        builder.ConfigureLogging(logging => logging.AddProvider(new Recorder(_log)));
        foreach (var (key, value) in _settings)
        {
            builder.UseSetting(key, value);
        }
    }

    private sealed class Recorder(ConcurrentQueue<string> log) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => new Category(log, categoryName);

        public void Dispose()
        {
        }
    }

    private sealed class Category(ConcurrentQueue<string> log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                log.Enqueue($"{name}[{eventId.Id}] {formatter(state, exception)} {exception}");
            }
        }
    }
}

using Microsoft.Extensions.Logging.Console;

namespace Frat.WebHost;

/// <summary>
/// One line for each event on the console, for people or as JSON, and none for a failure to start: that one is told in a sentence.
/// </summary>
internal static class ConciseLogging
{
    // Each of these logs a failure to start with its stack trace before the exception gets out.
    private static readonly string[] LogStartFailures =
    [
        "Microsoft.Extensions.Hosting.Internal.Host",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Hosting.Diagnostics",
    ];

    public static void AddConciseLogging(this WebApplicationBuilder builder)
    {
        if (builder.Configuration["Logging:Console:FormatterName"] == ConsoleFormatterNames.Json)
        {
            builder.Logging.AddJsonConsole(console =>
            {
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "O";
            });
        }
        else
        {
            builder.Logging.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.TimestampFormat = "HH:mm:ss ";
                console.ColorBehavior = LoggerColorBehavior.Default;
            });
        }

        var started = new StartedFlag();
        builder.Services.AddHostedService(services => started.Follow(services.GetRequiredService<IHostApplicationLifetime>()));
        foreach (var category in LogStartFailures)
        {
            builder.Logging.AddFilter(category, level => level >= LogLevel.Warning && started.IsSet);
        }
    }

    private sealed class StartedFlag : IHostedService
    {
        private volatile bool _isSet;
        private IHostApplicationLifetime? _lifetime;

        public bool IsSet => _isSet;

        public StartedFlag Follow(IHostApplicationLifetime lifetime)
        {
            _lifetime = lifetime;
            return this;
        }

        public Task StartAsync(CancellationToken cancellationToken)
        {
            _lifetime!.ApplicationStarted.Register(() => _isSet = true);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace Frat.WebHost;

/// <summary>The way from the command line to a host that listens, or to one sentence that says why it doesn't.</summary>
internal static class StartUp
{
    private const int Failed = 1;

    /// <summary>
    /// Settings and pages are looked for in the current folder, as always; a host that is started from another folder finds the ones beside
    /// itself.
    /// </summary>
    public static WebApplicationOptions Options(string[] args) => new()
    {
        Args = args,
        ContentRootPath = HasSettings(Directory.GetCurrentDirectory()) || !HasSettings(AppContext.BaseDirectory)
            ? null
            : AppContext.BaseDirectory,
    };

    public static async Task<int> RunAsync(Func<Task> run)
    {
        try
        {
            await run();
            return 0;
        }
        catch (Exception exception) when (exception is not HostAbortedException) // Thrown on purpose by tools that only want the services.
        {
            await Console.Error.WriteLineAsync($"FRAT can't run. {Describe(exception)}");
            return Failed;
        }
    }

    private static bool HasSettings(string folder) => File.Exists(Path.Combine(folder, "appsettings.json"));

    private static string Describe(Exception exception) => exception switch
    {
        AggregateException { InnerExceptions: [var inner, ..] } => Describe(inner),
        OptionsValidationException validation => EngineSetup.Keys.Describe(validation),
        FratException => exception.Message,
        // A setting of the wrong type: the message names its key.
        InvalidOperationException { InnerException: FormatException or ArgumentException } => exception.Message,
        IOException or SocketException or UnauthorizedAccessException or InvalidDataException => exception.Message,
        _ => $"{exception.GetType().Name}: {exception.Message}",
    };
}

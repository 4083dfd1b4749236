using System.Diagnostics;

namespace Frat;

/// <summary>The engine's spans. Thread-safe.</summary>
internal static class FratSpans
{
    private static readonly ActivitySource Source = new(FratTelemetry.ActivitySourceName);

    /// <summary>Runs a part of a request as a span. It says how long it took and whether it failed, and nothing of anybody.</summary>
    public static async Task<T> RunAsync<T>(string name, Func<Task<T>> work)
    {
        using var span = Source.StartActivity(name);
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            span?.SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
            throw;
        }
    }
}

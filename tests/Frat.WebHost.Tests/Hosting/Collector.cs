using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Frat.WebHost.Tests.Hosting;

/// <summary>
/// What telemetry is sent to, on this machine: OTLP over HTTP. Protobuf has texts as they are, so they are found in what came.
/// </summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _received = new();
    private readonly CancellationTokenSource _end = new();

    private Collector(WebApplication app) => _app = app;

    public string Address => _app.Urls.Single();

    /// <summary>How many requests came, whether they were answered or not.</summary>
    public int Count => _received.Values.Sum(bodies => bodies.Count);

    public static async Task<Collector> StartAsync(bool answers = true)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var collector = new Collector(builder.Build());
        collector._app.Run(context => collector.TakeAsync(context, answers));
        await collector._app.StartAsync();
        return collector;
    }

    /// <summary>All that came for a signal: <c>traces</c>, <c>metrics</c> or <c>logs</c>.</summary>
    public string Received(string signal) =>
        _received.TryGetValue($"/v1/{signal}", out var bodies) ? string.Concat(bodies) : "";

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _app.DisposeAsync();
        _end.Dispose();
    }

    private async Task TakeAsync(HttpContext context, bool answers)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        _received.GetOrAdd(context.Request.Path, _ => []).Enqueue(Encoding.Latin1.GetString(body.ToArray()));
        if (!answers)
        {
            await Task.Delay(Timeout.Infinite, _end.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }
}

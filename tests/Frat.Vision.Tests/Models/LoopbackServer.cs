using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Frat.Vision.Tests.Models;

/// <summary>What the server does with a request: a status, and a body that may break off after some bytes.</summary>
internal sealed record Answer(int Status, byte[] Body, string? ContentRange = null, int? BreakAfter = null);

/// <summary>
/// A web server on loopback that can break connections in the middle of a body, which the framework's own servers can't do simply.
/// </summary>
internal sealed class LoopbackServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<int, long?, Answer> _respond;
    private readonly Task _loop;
    private readonly List<long?> _requests = [];

    /// <param name="respond">Given the number of the request, from 1, and the first byte of its range, if it has one.</param>
    public LoopbackServer(Func<int, long?, Answer> respond)
    {
        _respond = respond;
        _listener.Start();
        _loop = Task.Run(RunAsync);
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/{{name}}.bz2";

    /// <summary>The first byte that each request asked for; null for a request without a range.</summary>
    public IReadOnlyList<long?> Requests => _requests;

    /// <summary>Serves a body as an ordinary server does, with ranges; the first answer breaks off where told.</summary>
    public static LoopbackServer Serving(byte[] body, int? breakFirstAfter = null) => new((number, from) =>
    {
        var breakAfter = number == 1 ? breakFirstAfter : null;
        return from is not { } first
            ? new Answer(200, body, BreakAfter: breakAfter)
            : first < body.Length
                ? new Answer(206, body[(int)first..], $"bytes {first}-{body.Length - 1}/{body.Length}", breakAfter)
                : new Answer(416, [], $"bytes */{body.Length}");
    });

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _loop;
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await AnswerAsync(client);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
        long? from = null;
        while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } line)
        {
            if (line.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase))
            {
                from = long.Parse(line["Range: bytes=".Length..].TrimEnd('-'), CultureInfo.InvariantCulture);
            }
        }

        _requests.Add(from);
        var answer = _respond(_requests.Count, from);
        var range = answer.ContentRange is null ? "" : $"Content-Range: {answer.ContentRange}\r\n";
        var head = $"HTTP/1.1 {answer.Status} X\r\nContent-Length: {answer.Body.Length}\r\n{range}Connection: close\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), _stop.Token);
        await stream.WriteAsync(answer.Body.AsMemory(0, answer.BreakAfter ?? answer.Body.Length), _stop.Token);
    }
}

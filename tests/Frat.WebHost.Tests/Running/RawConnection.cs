using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Frat.WebHost.Tests;

/// <summary>A connection on which a test writes what it likes, as an attacker does.</summary>
internal sealed class RawConnection : IDisposable
{
    private const string Continue = "HTTP/1.1 100 Continue\r\n\r\n";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TcpClient _client;
    private readonly NetworkStream _stream;

    private RawConnection(TcpClient client, Uri address)
    {
        _client = client;
        _stream = client.GetStream();
        Host = address.Authority;
    }

    /// <summary>What an honest client sends as <c>Host</c>.</summary>
    public string Host { get; }

    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        return new RawConnection(client, address);
    }

    public Task WriteAsync(string text) => WriteAsync(Encoding.Latin1.GetBytes(text));

    public Task WriteAsync(byte[] bytes) => _stream.WriteAsync(bytes).AsTask();

    /// <summary>Begins a request: the line, <c>Host</c>, and more headers.</summary>
    public Task BeginAsync(string method, string target, params string[] headers) =>
        WriteAsync($"{method} {target} HTTP/1.1\r\nHost: {Host}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n");

    /// <summary>Reads an answer, as far as it says that it goes; status 0 when the connection ends without one.</summary>
    public async Task<Answer> ReadAsync()
    {
        using var limit = new CancellationTokenSource(Patience);
        var received = new StringBuilder();
        try
        {
            while (!IsWhole(received.ToString()))
            {
                var buffer = new byte[4096];
                var count = await _stream.ReadAsync(buffer, limit.Token);
                if (count == 0)
                {
                    break;
                }

                received.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }
        }
        catch (IOException)
        {
            // Reset: what came before counts.
        }

        return Parse(received.ToString());
    }

    public void Dispose() => _client.Dispose();

    private static bool IsWhole(string text)
    {
        text = text.StartsWith(Continue, StringComparison.Ordinal) ? text[Continue.Length..] : text;
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        if (end < 0)
        {
            return false;
        }

        var head = text[..end];
        return Header(head, "Content-Length") is { } length
            ? text.Length >= end + 4 + int.Parse(length, CultureInfo.InvariantCulture)
            : Header(head, "Content-Type") is "text/event-stream" // Goes on until somebody hangs up.
                || Header(head, "Transfer-Encoding") is null
                || text.EndsWith("0\r\n\r\n", StringComparison.Ordinal);
    }

    private static Answer Parse(string text)
    {
        text = text.StartsWith(Continue, StringComparison.Ordinal) ? text[Continue.Length..] : text;
        if (text.Split(' ') is not ["HTTP/1.1", var status, ..])
        {
            return new Answer(0, null, null);
        }

        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var type = Header(text[..end], "Content-Type")?.Split(';')[0];
        var body = Header(text[..end], "Transfer-Encoding") is null ? text[(end + 4)..] : Join(text[(end + 4)..]);
        var json = type?.EndsWith("json", StringComparison.Ordinal) == true && body.Length > 0
            ? JsonNode.Parse(Encoding.Latin1.GetBytes(body))
            : null;
        return new Answer(int.Parse(status, CultureInfo.InvariantCulture), type, json);
    }

    // What came in chunks, each with its length before it. An answer that is cut off has no last one.
    private static string Join(string chunks)
    {
        var body = new StringBuilder();
        while (chunks.IndexOf("\r\n", StringComparison.Ordinal) is > 0 and var end
            && int.Parse(chunks.AsSpan(0, end), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var length
            && chunks.Length >= end + 2 + length + 2)
        {
            body.Append(chunks, end + 2, length);
            chunks = chunks[(end + 2 + length + 2)..];
        }

        return body.ToString();
    }

    private static string? Header(string head, string name) => head.Split("\r\n")
        .FirstOrDefault(line => line.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();
}

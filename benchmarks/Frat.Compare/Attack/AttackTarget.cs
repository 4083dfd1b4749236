using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Frat.Compare.Attack;

/// <summary>The host that is attacked, from one or more addresses of this machine.</summary>
/// <param name="Host">Where it listens.</param>
/// <param name="From">The addresses that connections come from, in turn.</param>
/// <param name="Pictures">The folder with the pictures of <see cref="HostilePictures"/>.</param>
internal sealed record AttackTarget(IPEndPoint Host, IReadOnlyList<IPAddress> From, string Pictures)
{
    public Tally Tally { get; } = new();

    /// <summary>What a request begins with.</summary>
    public string Head(string method, string path) => $"{method} {path} HTTP/1.1\r\nHost: localhost:{Host.Port}\r\n";

    /// <summary>Connects, as the attacker's connection of that number.</summary>
    public async Task<Socket> ConnectAsync(int number, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(From[number % From.Count], 0));
            await socket.ConnectAsync(Host, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A client with one connection.</summary>
    public HttpClient Client(int number) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellationToken) =>
            new NetworkStream(await ConnectAsync(number, cancellationToken), ownsSocket: true),
        MaxConnectionsPerServer = 1,
        UseProxy = false,
        UseCookies = false,
    })
    {
        BaseAddress = new Uri($"http://localhost:{Host.Port}"),
        Timeout = Timeout.InfiniteTimeSpan,
    };

    /// <summary>Sends a request, and reads the answer to its end.</summary>
    /// <returns>The answer's text; null when there was none, which is counted.</returns>
    public async Task<string?> SendAsync(HttpClient client, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Tally.Begin();
        try
        {
            using var answer = await client.SendAsync(request, cancellationToken);
            var text = await answer.Content.ReadAsStringAsync(cancellationToken);
            Tally.Answered(((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture));
            return text;
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            Tally.Answered("cut off");
            return null;
        }
    }

    /// <summary>Sends bytes as they are, and counts them.</summary>
    public async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken) =>
        Tally.Sent(await socket.SendAsync(bytes, cancellationToken));

    /// <summary>Sends text as it is, and counts it.</summary>
    public Task SendAsync(Socket socket, string text, CancellationToken cancellationToken) =>
        SendAsync(socket, Encoding.ASCII.GetBytes(text), cancellationToken);

    /// <summary>Looks whether an answer, or the end of the connection, has come; it is counted.</summary>
    public async Task<bool> IsOverAsync(Socket socket, CancellationToken cancellationToken)
    {
        if (!socket.Poll(TimeSpan.Zero, SelectMode.SelectRead))
        {
            return false;
        }

        var answer = new byte[16];
        var count = await socket.ReceiveAsync(answer, cancellationToken);
        Tally.Answered(count < 12 ? "cut off" : Encoding.ASCII.GetString(answer, 9, 3));
        return true;
    }
}

/// <summary>A body whose bytes are counted as they go out; chunked when it keeps its length to itself.</summary>
internal sealed class CountedContent(ReadOnlyMemory<byte> bytes, string type, Tally tally, bool chunked = false) : HttpContent
{
    private const int Piece = 64 * 1024;

    public CountedContent WithType()
    {
        Headers.TryAddWithoutValidation("Content-Type", type);
        return this;
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        for (var i = 0; i < bytes.Length; i += Piece)
        {
            var piece = bytes[i..Math.Min(i + Piece, bytes.Length)];
            await stream.WriteAsync(piece);
            tally.Sent(piece.Length);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = bytes.Length;
        return !chunked;
    }
}

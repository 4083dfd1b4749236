using System.Text;

namespace Frat.Compare.Attack;

/// <summary>Bodies that no endpoint needs (H2): each goes out as fast as the host takes it.</summary>
internal static class BodyAttacks
{
    private const int Megabyte = 1_000_000;
    private const string Json = "/api/v1/people/1/deactivate";
    private const string Page = "/people/person?handler=deactivate&id=1";
    private const string Form = "application/x-www-form-urlencoded";
    private const string Parts = "multipart/form-data; boundary=frat";
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public static Task JsonAsync(AttackTarget target, int connections, int megabytes, bool chunked, CancellationToken cancellationToken)
    {
        var body = Filled("{\"by\":\"somebody\",\"reason\":\"", megabytes, "\"}");
        return RepeatAsync(target, connections, _ => (Json, "application/json", body), chunked, cancellationToken);
    }

    public static Task FormsAsync(AttackTarget target, int connections, int megabytes, CancellationToken cancellationToken)
    {
        var form = Filled("by=somebody&reason=", megabytes, "");
        var parts = Filled("--frat\r\nContent-Disposition: form-data; name=\"reason\"\r\n\r\n", megabytes, "\r\n--frat--\r\n");
        return RepeatAsync(
            target, connections, i => i % 2 == 0 ? (Page, Form, form) : (Page, Parts, parts), chunked: false, cancellationToken);
    }

    private static byte[] Filled(string begin, int megabytes, string end) =>
        [.. Encoding.ASCII.GetBytes(begin), .. Enumerable.Repeat((byte)'a', megabytes * Megabyte), .. Encoding.ASCII.GetBytes(end)];

    private static Task RepeatAsync(
        AttackTarget target,
        int connections,
        Func<int, (string Path, string Type, byte[] Body)> make,
        bool chunked,
        CancellationToken cancellationToken) =>
        Connections.RunAsync(connections, async (i, cancel) =>
        {
            using var client = target.Client(i);
            while (true)
            {
                var (path, type, body) = make(i);
                using var request = new HttpRequestMessage(
                    HttpMethod.Post, path) { Content = new CountedContent(body, type, target.Tally, chunked).WithType() };
                await target.SendAsync(client, request, cancel);
                await Task.Delay(Pause, cancel);
            }
        }, cancellationToken);
}

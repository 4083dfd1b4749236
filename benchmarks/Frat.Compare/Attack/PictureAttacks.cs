using System.Globalization;
using System.Text;

namespace Frat.Compare.Attack;

/// <summary>Pictures that cost more than they weigh (H4), and requests that cost more than they say.</summary>
internal static class PictureAttacks
{
    // What a home connection sends; more would be another kind of attack.
    private const double BytesPerSecond = 1_000_000;
    private const double RequestsPerSecond = 50;
    private const string Boundary = "frat";
    private const string CheckIns = "/api/v1/check-ins";
    private const string People = "/api/v1/people";
    private static readonly string[] Paths = ["/api/v1/photos/assess", People, CheckIns];

    /// <summary>One picture, again and again, to each endpoint that looks at pictures.</summary>
    public static async Task SendAsync(AttackTarget target, string picture, int connections, CancellationToken cancellationToken)
    {
        var content = await File.ReadAllBytesAsync(Path.Combine(target.Pictures, picture), cancellationToken);
        var (bytes, requests) = (new Pace(BytesPerSecond), new Pace(RequestsPerSecond));
        var turn = -1;
        await Connections.RunAsync(connections, async (i, cancel) =>
        {
            using var client = target.Client(i);
            while (true)
            {
                // Each in turn, so that one that waits doesn't keep the others from being asked.
                var number = Interlocked.Increment(ref turn);
                var path = Paths[number % Paths.Length];
                var body = Form(content, $"X-{i}-{number}", path == CheckIns ? "image" : "photo");
                await bytes.WaitAsync(body.Length, cancel);
                await requests.WaitAsync(1, cancel);
                using var request = Upload(target, path, body);
                await target.SendAsync(client, request, cancel);
            }
        }, cancellationToken);
    }

    /// <summary>A photo of somebody who is registered, under an ID of nobody's: does the answer say who it is?</summary>
    public static async Task AskWhoAsync(AttackTarget target, int connections, CancellationToken cancellationToken)
    {
        var content = await File.ReadAllBytesAsync(Path.Combine(target.Pictures, HostilePictures.SomebodyRegistered), cancellationToken);
        var requests = new Pace(RequestsPerSecond);
        await Connections.RunAsync(connections, async (i, cancel) =>
        {
            using var client = target.Client(i);
            for (var number = 0; ; number++)
            {
                await requests.WaitAsync(1, cancel);
                using var request = Upload(target, People, Form(content, $"X-{i}-{number}", "photo"));
                var answer = await target.SendAsync(client, request, cancel) ?? "";
                Count(target, answer, "\"name\"", "told a name");
                Count(target, answer, "\"distance\"", "told a distance");
            }
        }, cancellationToken);
    }

    /// <summary>Searches that match nobody, so that everybody is looked at.</summary>
    public static Task SearchAsync(AttackTarget target, int connections, CancellationToken cancellationToken)
    {
        var requests = new Pace(RequestsPerSecond);
        return Connections.RunAsync(connections, async (i, cancel) =>
        {
            using var client = target.Client(i);
            for (var number = 0; ; number++)
            {
                await requests.WaitAsync(1, cancel);
                using var request = new HttpRequestMessage(
                    HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"/people?q=nobody{number}"));
                target.Tally.Sent(request.RequestUri!.OriginalString.Length);
                await target.SendAsync(client, request, cancel);
            }
        }, cancellationToken);
    }

    private static void Count(AttackTarget target, string answer, string member, string what)
    {
        if (answer.Contains(member, StringComparison.Ordinal))
        {
            target.Tally.Answered(what);
        }
    }

    private static HttpRequestMessage Upload(AttackTarget target, string path, byte[] body) => new(HttpMethod.Post, path)
    {
        Content = new CountedContent(body, $"multipart/form-data; boundary={Boundary}", target.Tally).WithType(),
    };

    private static byte[] Form(byte[] picture, string employeeId, string field)
    {
        using var form = new MemoryStream();
        foreach (var (name, value) in (ReadOnlySpan<(string, string)>)[("employeeId", employeeId), ("name", "Nobody"), ("consent", "1")])
        {
            form.Write(Encoding.ASCII.GetBytes($"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"));
        }

        form.Write(
            Encoding.ASCII.GetBytes($"--{Boundary}\r\nContent-Disposition: form-data; name=\"{field}\"; filename=\"a.jpg\"\r\n\r\n"));
        form.Write(picture);
        form.Write(Encoding.ASCII.GetBytes($"\r\n--{Boundary}--\r\n"));
        return form.ToArray();
    }
}

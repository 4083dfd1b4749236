using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace Frat.WebHost.Tests.Kiosk;

/// <summary>What a tablet loads before anybody can check in at it.</summary>
[Collection(SharedHost.Name)]
public sealed partial class KioskPageTests(TestHost host, ITestOutputHelper output)
{
    private const int MostBytes = 40_000;

    /// <summary>All that its service worker keeps, as it is sent; a published host sends it by Brotli, which is less.</summary>
    [Fact]
    public async Task Page_WithAllItsParts_IsSmall()
    {
        using var client = host.CreateClient();
        var worker = await client.GetStringAsync(new Uri("/kiosk-sw.js", UriKind.Relative));
        client.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        var total = 0;
        foreach (var address in PartsOf(worker))
        {
            using var answer = await client.GetAsync(new Uri(address, UriKind.Relative));
            answer.EnsureSuccessStatusCode();
            var bytes = await answer.Content.ReadAsByteArrayAsync();
            if (address != "/kiosk")
            {
                answer.Content.Headers.ContentEncoding.ShouldBe(["gzip"], address);
            }

            output.WriteLine($"{bytes.Length,6} {address}");
            total += bytes.Length;
        }

        output.WriteLine($"{total,6} in all");
        total.ShouldBeInRange(10_000, MostBytes);
    }

    private static List<string> PartsOf(string worker)
    {
        var list = List().Match(worker);
        List<string> parts =
        [
            .. Quoted().Matches(list.Groups["addresses"].Value).Select(match => "/" + match.Groups["text"].Value),
            .. Quoted().Matches(list.Groups["modules"].Value).Select(match => $"/js/kiosk/{match.Groups["text"].Value}.js"),
        ];
        parts.ShouldContain("/kiosk");
        parts.ShouldContain("/js/kiosk/kiosk.js");
        return parts;
    }

    [GeneratedRegex(@"parts = \[(?<addresses>[^\[]*)\.\.\.\[(?<modules>[^\]]*)\]")]
    private static partial Regex List();

    [GeneratedRegex("'(?<text>[^']+)'")]
    private static partial Regex Quoted();
}

using System.IO.Compression;
using Frat.WebHost.Tests.Browser;

namespace Frat.WebHost.Tests.Api;

/// <summary>The reports over HTTP, from a host on a port: the answer streams from the database through Kestrel.</summary>
public sealed class ReportsApiTests
{
    [Fact]
    public async Task Report_EachFormat_HasItsTypeAndName()
    {
        await using var site = Site.Start();
        await site.RecordAsync("E-1", "Zoë", new DateTime(2026, 11, 23, 7, 58, 1));
        using var client = new HttpClient { BaseAddress = site.Address };

        using var csv = await client.GetAsync(new Uri("/api/v1/reports/day?format=csv&bom=true", UriKind.Relative));
        using var xlsx = await client.GetAsync(new Uri("/api/v1/reports/month?format=xlsx", UriKind.Relative));
        var json = await client.FetchAsync("/api/v1/reports/day");

        csv.Content.Headers.ContentType!.ToString().ShouldBe("text/csv; charset=utf-8");
        csv.Content.Headers.ContentDisposition!.ToString().ShouldBe("attachment; filename=\"attendance-days-2026-11-23.csv\"");
        var text = await csv.Content.ReadAsByteArrayAsync();
        text[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        System.Text.Encoding.UTF8.GetString(text).ShouldContain("2026-11-23,E-1,Zoë,Present,2026-11-23 07:58:01,");
        xlsx.Content.Headers.ContentType!.ToString().ShouldBe("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
        xlsx.Content.Headers.ContentDisposition!.ToString()
            .ShouldBe("attachment; filename=\"attendance-summary-2026-11-01-to-2026-11-30.xlsx\"");
        xlsx.Headers.CacheControl!.NoStore.ShouldBeTrue();
        using var zip = new ZipArchive(await xlsx.Content.ReadAsStreamAsync());
        zip.Entries.ShouldContain(entry => entry.FullName == "xl/worksheets/sheet1.xml");
        (json.Status, json.ContentType).ShouldBe((200, "application/json"));
        json.Json!["rows"]![0]!["firstIn"]!.ToString().ShouldBe("2026-11-23T07:58:01");
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("xlsx")]
    [InlineData("json")]
    public async Task Report_OfManyRows_Streams(string format)
    {
        await using var site = Site.Start();
        for (var i = 0; i < 600; i++)
        {
            await site.RecordAsync($"E-{i:000}", $"Person {i}", new DateTime(2026, 11, 23, 6, 0, 0).AddSeconds(i));
        }

        using var client = new HttpClient { BaseAddress = site.Address };
        using var response = await client.GetAsync(
            new Uri($"/api/v1/reports/punches?from=2026-11-01&to=2026-11-30&format={format}", UriKind.Relative),
            HttpCompletionOption.ResponseHeadersRead);

        response.Headers.TransferEncodingChunked.ShouldBe(true);
        (await response.Content.ReadAsByteArrayAsync()).Length.ShouldBeGreaterThan(5_000);
    }

    [Fact]
    public async Task Report_OfOnePerson_HasTotals()
    {
        await using var site = Site.Start();
        await site.RecordAsync("E-1", "Ada", new DateTime(2026, 11, 23, 7, 58, 1));
        await site.RecordAsync("E-2", "Grace", new DateTime(2026, 11, 23, 8, 0, 0));
        using var client = new HttpClient { BaseAddress = site.Address };

        var report = await client.FetchAsync("/api/v1/reports/person?employeeId=E-1&from=2026-11-20");

        report.Json!["to"]!.ToString().ShouldBe("2026-11-30");
        report.Json["rows"]!.AsArray().Count.ShouldBe(1);
        report.Json["totals"]!["days"]!.GetValue<int>().ShouldBe(1);
    }

    [Theory]
    [InlineData("day?from=yesterday", 400, "invalidFields")]
    [InlineData("day?from=2026-11-02&to=2026-11-01", 400, "invalidFields")]
    [InlineData("day?format=pdf", 400, "invalidFields")]
    [InlineData("day?format=1", 400, "invalidFields")]
    [InlineData("day?bom=yes", 400, "invalidFields")]
    [InlineData("person", 400, "invalidFields")]
    [InlineData("person?employeeId=nobody", 404, "personNotFound")]
    [InlineData("year", 404, "notFound")]
    public async Task Report_BadQuery_IsAProblem(string query, int status, string code)
    {
        await using var site = Site.Start();
        using var client = new HttpClient { BaseAddress = site.Address };

        (await client.FetchAsync("/api/v1/reports/" + query)).Problem.ShouldBe((status, code));
    }
}

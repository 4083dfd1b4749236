using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Frat.WebHost.Tests.Browser;

/// <summary>The records page in a real browser, which has scripts turned off here.</summary>
[Collection(BrowserTests.Name)]
public sealed class RecordsTests(BrowserDriver driver)
{
    [Fact]
    public async Task Records_WithoutScript_GoFromDayToDay()
    {
        await using var site = Site.Start();
        await site.RecordAsync("E-1", "محمد الخوارزمي", new DateTime(2026, 11, 22, 7, 58, 1));
        await site.RecordAsync("<b>2</b>", "<img src=x onerror=alert(1)>", new DateTime(2026, 11, 23, 8, 1, 59));
        await using var visitor = await Visitor.ComeAsync(driver, site, scripts: false);
        var page = visitor.Page;

        await page.GotoAsync("/records");
        await Expect(page.Locator(".lead")).ToHaveTextAsync("Monday, 23 November 2026, today");
        await Expect(page.Locator("caption")).ToContainTextAsync("1 person");
        await Expect(page.GetByRole(AriaRole.Cell)).ToHaveTextAsync(["<img src=x onerror=alert(1)>", "<b>2</b>", "23 Nov 2026", "08:01", "Present"]);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Next day" })).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Link, new() { Name = "Previous day" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Cell)).ToHaveTextAsync(["محمد الخوارزمي", "E-1", "22 Nov 2026", "07:58", "Present"]);

        await page.GetByRole(AriaRole.Textbox, new() { Name = "Day" }).FillAsync("2026-11-20");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nobody checked in" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Day" })).ToHaveValueAsync("2026-11-20");
        await page.GetByRole(AriaRole.Link, new() { Name = "Today", Exact = true }).ClickAsync();
        await Expect(page.Locator(".lead")).ToHaveTextAsync("Monday, 23 November 2026, today");
        visitor.TakeComplaints().ShouldBeEmpty();
    }

    [Fact]
    public async Task Records_BadQuery_IsExplainedAboveTheRecords()
    {
        await using var site = Site.Start();
        await site.RecordAsync("E-1", "Ada Lovelace", new DateTime(2026, 11, 23, 8, 0, 0));
        await using var visitor = await Visitor.ComeAsync(driver, site, scripts: false);

        foreach (var (query, message) in new[]
        {
            ("?date=yesterday", "This is not a day."),
            ("?date=2026-02-30", "This is not a day."),
            ("?page=0", "There is no such page"),
            ("?page=99999999999", "There is no such page"),
        })
        {
            (await visitor.Page.GotoAsync("/records" + query))!.Status.ShouldBe(400, query);
            await Expect(visitor.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync(message);
            await Expect(visitor.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "Ada Lovelace" })).ToBeVisibleAsync();
            await Expect(visitor.Page.Locator("[aria-invalid=true]")).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task Records_EdgesOfTheCalendar_EndThere()
    {
        await using var site = Site.Start();
        await using var visitor = await Visitor.ComeAsync(driver, site, scripts: false);

        foreach (var (date, link) in new[] { ("0001-01-01", "Previous day"), ("9999-12-31", "Next day") })
        {
            (await visitor.Page.GotoAsync("/records?date=" + date))!.Status.ShouldBe(200);
            await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = link })).ToHaveCountAsync(0);
        }
    }

    [Fact]
    public async Task Records_ManyPeople_ComeInPages()
    {
        await using var site = Site.Start();
        for (var number = 0; number < 201; number++)
        {
            await site.RecordAsync($"E-{number:000}", $"Person {number:000}", new DateTime(2026, 11, 23, 8, 0, 0).AddSeconds(number));
        }

        await using var visitor = await Visitor.ComeAsync(driver, site, scripts: false);
        var page = visitor.Page;

        await page.GotoAsync("/records");
        await Expect(page.Locator("caption")).ToContainTextAsync("201 people – page 1 of 3");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(100);
        await page.GetByRole(AriaRole.Link, new() { Name = "Later" }).ClickAsync();
        await Expect(page.Locator("caption")).ToContainTextAsync("page 2 of 3");
        await Expect(page.Locator("tbody tr").First).ToContainTextAsync("Person 100");
        await page.GetByRole(AriaRole.Link, new() { Name = "Later" }).ClickAsync();
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.GotoAsync("/records?page=77");
        await Expect(page.Locator("caption")).ToContainTextAsync("page 3 of 3");
    }

    [Fact]
    public async Task Records_Downloads_AreTheDayAndTheMonth()
    {
        await using var site = Site.Start();
        await site.RecordAsync("E-1", "محمد الخوارزمي", new DateTime(2026, 11, 22, 7, 58, 1));
        await using var visitor = await Visitor.ComeAsync(driver, site, scripts: false);
        var page = visitor.Page;
        await page.GotoAsync("/records?date=2026-11-22");

        (await DownloadAsync("CSV")).ShouldBe("attendance-days-2026-11-22.csv");
        (await DownloadAsync("Excel")).ShouldBe("attendance-days-2026-11-22.xlsx");
        (await DownloadAsync("totals")).ShouldBe("attendance-summary-2026-11-01-to-2026-11-30.xlsx");
        (await DownloadAsync("days")).ShouldBe("attendance-days-2026-11-01-to-2026-11-30.xlsx");
        (await DownloadAsync("punches")).ShouldBe("punches-2026-11-01-to-2026-11-30.xlsx");
        await visitor.PhotographAsync("records-downloads");
        visitor.TakeComplaints().ShouldBeEmpty();

        async Task<string> DownloadAsync(string link)
        {
            var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync());
            var file = await download.PathAsync();
            new FileInfo(file).Length.ShouldBeGreaterThan(100);
            return download.SuggestedFilename;
        }
    }
}

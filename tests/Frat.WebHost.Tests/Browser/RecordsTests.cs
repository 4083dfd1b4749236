using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Frat.WebHost.Tests.Browser;

/// <summary>The records page in a real browser, which has scripts turned off here.</summary>
[Collection(BrowserTests.Name)]
public sealed class RecordsTests(BrowserDriver driver)
{
    private static readonly DateOnly Friday = new(2026, 11, 20);
    private const string CountOfCutOff = """
        [...document.querySelectorAll("tbody td > *")]
            .filter(part => part.getBoundingClientRect().right > document.querySelector(".card").getBoundingClientRect().right).length
        """;

    private static readonly ViewportSize Tablet = new() { Width = 768, Height = 1024 };
    private static readonly ViewportSize Laptop = new() { Width = 1040, Height = 700 };
    private static readonly Schedule Office = new()
    {
        Name = "Office", TimeZone = "Etc/UTC", Start = new(9, 0), End = new(18, 0),
        Break = TimeSpan.FromHours(1), BreakAfter = TimeSpan.FromHours(6), HalfDayBelow = TimeSpan.FromHours(6),
    };

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
        await Expect(page.GetByRole(AriaRole.Cell)).ToHaveTextAsync(
            ["<img src=x onerror=alert(1)>", "<b>2</b>", "23 Nov 2026", "08:01", "", "No schedule", "Present"]);
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Next day" })).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Link, new() { Name = "Previous day" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Cell)).ToHaveTextAsync(
            ["محمد الخوارزمي", "E-1", "22 Nov 2026", "07:58", "", "No schedule", "Present"]);

        await page.GetByRole(AriaRole.Textbox, new() { Name = "Day" }).FillAsync("2026-11-20");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nobody checked in" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Day" })).ToHaveValueAsync("2026-11-20");
        await page.Locator("#main").GetByRole(AriaRole.Link, new() { Name = "Today", Exact = true }).ClickAsync();
        await Expect(page.Locator(".lead")).ToHaveTextAsync("Monday, 23 November 2026, today");
        visitor.TakeComplaints().ShouldBeEmpty();
    }

    [Fact]
    public async Task Records_UnderASchedule_TellKindLeaveAndHours()
    {
        await using var site = Site.Start();
        var calendar = new HolidayCalendar { Name = "Holidays", Holidays = [new() { Date = Friday, Name = "A holiday" }] };
        await site.Services.GetRequiredService<IScheduleStore>().SaveCalendarAsync(calendar, new AuditNote { By = Actor.User("test") });
        await WorkAsync(site, Office, "Zoë Çelik", 9, 18);
        await WorkAsync(site, Office, "Anna-Maria von und zu Hohenlohe-Schillingsfürst", 13, 18, LeavePart.FirstHalf);
        await WorkAsync(site, Office, "Priya Raman", 10, 14);
        await WorkAsync(
            site, Office with { Name = "Weekend", Id = Guid.NewGuid(), Weekdays = Weekdays.Saturday | Weekdays.Sunday }, "山田 太郎", 11, 13);
        await WorkAsync(
            site, Office with { Name = "Holidays", Id = Guid.NewGuid(), HolidayCalendarId = calendar.Id }, "Ingrid Solberg", 12, 16);
        await WorkAsync(site, Office, "محمد الخوارزمي", null, null, LeavePart.SecondHalf);
        await WorkAsync(site, Office, "Jonas Weber", null, null, LeavePart.FullDay);

        ViewportSize[] screens = [Visitor.Desktop, Visitor.Phone, Tablet, Laptop];
        ColorScheme[] schemes = [ColorScheme.Light, ColorScheme.Dark];
        foreach (var (screen, scheme) in screens.SelectMany(screen => schemes.Select(scheme => (screen, scheme))))
        {
            await using var visitor = await Visitor.ComeAsync(driver, site, screen: screen, scheme: scheme);
            await visitor.Page.GotoAsync("/records?date=2026-11-20");

            await ExpectAsync(visitor.Page, "Zoë Çelik", "8:00 of 8:00", "Workday", "Present");
            await ExpectAsync(
                visitor.Page, "Anna-Maria von und zu Hohenlohe-Schillingsfürst", "5:00 of 4:30", "Workday Leave, first half", "Half day");
            await ExpectAsync(visitor.Page, "Priya Raman", "4:00 of 8:00", "Workday", "Half day");
            await ExpectAsync(visitor.Page, "山田 太郎", "2:00", "Day off", "Present");
            await ExpectAsync(visitor.Page, "Ingrid Solberg", "4:00", "Holiday", "Present");
            await ExpectAsync(visitor.Page, "محمد الخوارزمي", "0:00 of 4:30", "Workday Leave, second half", "Absent");
            await ExpectAsync(visitor.Page, "Jonas Weber", "", "Workday Leave, whole day", "On leave");
            (await visitor.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth")).ShouldBe(
                0);
            (await visitor.Page.EvaluateAsync<int>(CountOfCutOff)).ShouldBe(0, $"{screen.Width}");
            await visitor.PhotographAsync($"records-kinds-{screen.Width}", wholePage: true);
            visitor.TakeComplaints().ShouldBeEmpty();
        }

        static async Task ExpectAsync(IPage page, string name, string hours, string kind, string status)
        {
            var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = name });
            await Expect(row.Locator(".hours")).ToHaveTextAsync(hours);
            await Expect(row.Locator(".kind")).ToHaveTextAsync(kind);
            await Expect(row.Locator(".status")).ToHaveTextAsync(status);
            foreach (var cell in await row.Locator(".kind > *, .status > *").AllAsync())
            {
                await Expect(cell).ToBeVisibleAsync();
            }
        }
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
            var download = await page.RunAndWaitForDownloadAsync(
                () => page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).ClickAsync());
            var file = await download.PathAsync();
            new FileInfo(file).Length.ShouldBeGreaterThan(100);
            return download.SuggestedFilename;
        }
    }

    /// <summary>Somebody who works by a schedule, came and went on Friday, and had leave.</summary>
    private static async Task WorkAsync(Site site, Schedule schedule, string name, int? comes, int? goes, LeavePart? leave = null)
    {
        var note = new AuditNote { By = Actor.User("test") };
        var people = site.Services.GetRequiredService<IPersonStore>();
        var log = site.Services.GetRequiredService<IAttendanceLog>();
        var schedules = site.Services.GetRequiredService<IScheduleStore>();
        var person = (await people.EnrollAsync(
            new Enrollment { EmployeeId = $"E-{name.Length}{name[0]}", Name = name, Templates = [], Consent = null, Note = note })).Person;
        await schedules.SaveScheduleAsync(schedule, note);
        await schedules.SaveAssignmentAsync(new ScheduleAssignment
        {
            Id = Guid.NewGuid(),
            PersonId = person.Id,
            ScheduleId = schedule.Id,
            From = Friday,
            To = Friday,
        }, note);
        if (leave is { } part)
        {
            await schedules.SaveLeaveAsync(new Leave { PersonId = person.Id, From = Friday, To = Friday, Part = part }, note);
        }

        foreach (var hour in new[] { comes, goes }.OfType<int>())
        {
            var local = Friday.ToDateTime(new TimeOnly(hour, 0));
            (await log.AppendAsync(new Punch
            {
                PersonId = person.Id,
                Instant = new DateTimeOffset(local, TimeSpan.Zero),
                TimeZone = "Etc/UTC",
                LocalTime = local,
                Method = PunchMethod.Pin,
                Source = "test",
                IdempotencyKey = $"{person.EmployeeId} {hour}",
            })).ShouldNotBeNull();
        }
    }
}

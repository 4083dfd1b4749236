using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Frat.WebHost.Tests.Browser;

/// <summary>What the office decides by pages: hours, who works by them, holidays, leave, and what a day's punches count as.</summary>
[Collection(BrowserTests.Name)]
public sealed class SchedulesTests(BrowserDriver driver)
{
    private static readonly AriaRole Button = AriaRole.Button;

    [Theory]
    [InlineData(false, ColorScheme.Light)]
    [InlineData(true, ColorScheme.Dark)]
    public async Task Office_MakesAScheduleAndCorrectsADay_WithPagesAlone(bool phone, ColorScheme scheme)
    {
        await using var site = Site.Start();
        await site.RecordAsync("E-1", "Ada Lovelace", Site.Today.ToDateTime(new(8, 7)));
        await site.RecordAsync("E-2", "Grace Hopper", Site.Today.ToDateTime(new(8, 0)));
        await using var visitor = await Visitor.ComeAsync(
            driver, site, screen: phone ? Visitor.Phone : Visitor.Desktop, scheme: scheme);
        var page = visitor.Page;
        await MakeHolidaysAsync(visitor);
        await MakeScheduleAsync(visitor);
        await LetThemWorkByItAsync(visitor);
        await CorrectTheDayAsync(visitor);

        await page.GotoAsync("/people/hours?id=E-1");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Shop" })).ToBeVisibleAsync();
        await Expect(page.Locator("li").GetByText("Business trip").First).ToBeVisibleAsync();
        await LookAsync(visitor, "hours-of-a-person");
        await page.GotoAsync("/today");
        await Expect(page.Locator(".count").First).ToHaveTextAsync("2In now");
        await LookAsync(visitor, "today");
        await page.GotoAsync("/today/emergency");
        await Expect(page.GetByText("2 people came and didn’t go.")).ToBeVisibleAsync();
        await LookAsync(visitor, "who-is-in");
        visitor.TakeComplaints().ShouldBeEmpty();

        var store = site.Services.GetRequiredService<IScheduleStore>();
        var schedule = (await store.ListSchedulesAsync()).ShouldHaveSingleItem();
        (schedule.Name, schedule.Pattern.Count, schedule.LateGrace).ShouldBe(("Shop", 7, TimeSpan.FromMinutes(5)));
        (await store.ReadAssignmentsAsync().ToListAsync()).Count.ShouldBe(2);
        (await store.ListCalendarsAsync()).ShouldHaveSingleItem().Holidays.Select(holiday => holiday.Part)
            .ShouldBe([LeavePart.SecondHalf, .. Enumerable.Repeat(LeavePart.FullDay, 5)]);
        var day = (await site.ReadTodayAsync()).Single(one => one.Person.EmployeeId == "E-1");
        (day.Status, day.Leave, TimeOnly.FromDateTime(day.FirstIn!.Value)).ShouldBe(
            (AttendanceStatus.Present, LeavePart.Hours, new TimeOnly(8, 2)));
    }

    private static async Task MakeHolidaysAsync(Visitor visitor)
    {
        var page = visitor.Page;
        await page.GotoAsync("/schedules");
        await Expect(page.GetByText("No schedule yet")).ToBeVisibleAsync();
        await LookAsync(visitor, "schedules-none");
        await page.GetByRole(AriaRole.Link, new() { Name = "Holidays" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Here");
        await page.GetByLabel("Holidays, one in a line").FillAsync("2026-12-24 Christmas Eve (second half)");
        await page.GetByLabel("From an iCalendar file").SetInputFilesAsync(new FilePayload
        {
            Name = "here.ics",
            MimeType = "text/calendar",
            Buffer = System.Text.Encoding.UTF8.GetBytes(HolidayTexts.Yearly),
        });
        await page.GetByRole(Button, new() { Name = "Read it" }).ClickAsync();
        await Expect(page.GetByText("are new here")).ToBeVisibleAsync();
        await LookAsync(visitor, "holidays-read");
        await page.GetByLabel("Your name").FillAsync("Grace");
        await page.GetByRole(Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.GetByText("The holidays are saved.")).ToBeVisibleAsync();
    }

    private static async Task MakeScheduleAsync(Visitor visitor)
    {
        var page = visitor.Page;
        await page.GotoAsync("/schedules/edit");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Shop");
        await page.GetByLabel("Mon").FillAsync("8-12, 14-18");
        await page.GetByLabel("Tue").FillAsync("later");
        await page.GetByRole(Button, new() { Name = "What does it come to?" }).ClickAsync();
        await Expect(page.Locator("#tried")).ToContainTextAsync("The hours of Tuesday can’t be read.");
        await page.GetByLabel("Tue").FillAsync("8-12, 14-18");
        await page.GetByLabel("Somebody looked").FillAsync("8:00, 12:00, 14:10, 18:00");
        await page.GetByLabel("on", new() { Exact = true }).FillAsync("2026-11-23");
        await page.GetByLabel("Hours go").SelectOptionAsync("EveryPair");
        await page.GetByLabel("Break, minutes").FillAsync("0");
        await page.GetByRole(Button, new() { Name = "What does it come to?" }).ClickAsync();
        await Expect(page.Locator("#tried")).ToHaveTextAsync("Late, 10 min late, 7:50 of 8:00 hours, 0:10 less than expected");
        await LookAsync(visitor, "schedule-tried");
        await page.ReloadAsync(); // Taking a picture leaves a style in the page.
        await page.GetByLabel("Holidays").SelectOptionAsync(new SelectOptionValue { Label = "Here" });
    }

    private static async Task LetThemWorkByItAsync(Visitor visitor)
    {
        var page = visitor.Page;
        await page.Locator("#save-by").FillAsync("Grace");
        await page.Locator("#save-reason").FillAsync("New hours");
        await page.GetByRole(Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByText("The schedule is saved.")).ToBeVisibleAsync();
        await OpenAsync(page, "Let people work by it");
        await page.GetByLabel("Ada Lovelace").CheckAsync();
        await page.GetByLabel("Grace Hopper").CheckAsync();
        await page.Locator("#assign-by").FillAsync("Grace");
        await page.Locator("#assign-reason").FillAsync("As agreed");
        await page.GetByRole(Button, new() { Name = "Let them work by it" }).ClickAsync();
        await Expect(page.GetByText("They work by it.")).ToBeVisibleAsync();
        await LookAsync(visitor, "schedule-assigned");
        await page.GotoAsync("/schedules");
        await Expect(page.GetByText("2 people")).ToBeVisibleAsync();
        await LookAsync(visitor, "schedules");
    }

    private static async Task CorrectTheDayAsync(Visitor visitor)
    {
        var page = visitor.Page;
        await page.GotoAsync("/records");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ada Lovelace" }).ClickAsync();
        await Expect(page.Locator(".sums")).ToContainTextAsync("08:00 to 12:00, 14:00 to 18:00");
        await OpenAsync(page, "Correct");
        var correct = page.Locator("form[action*=Correct]").Last;
        await correct.GetByLabel("It was at").FillAsync("2026-11-23T08:02");
        await correct.GetByLabel("Your name").FillAsync("Grace");
        await correct.GetByLabel("Reason").FillAsync("The clock was fast");
        await correct.GetByRole(Button, new() { Name = "Correct it" }).ClickAsync();
        await Expect(page.GetByText("The punch is corrected.")).ToBeVisibleAsync();
        await Expect(page.GetByText("counts at 08:02")).ToContainTextAsync("The clock was fast");

        await OpenAsync(page, "Add a punch");
        var add = page.Locator("form[action*=Add]");
        await add.GetByLabel("When").FillAsync("2026-11-23T08:40");
        await add.GetByLabel("Your name").FillAsync("Grace");
        await add.GetByLabel("Reason").FillAsync("Forgotten");
        await add.GetByRole(Button, new() { Name = "Enter it" }).ClickAsync();
        await Expect(page.GetByText("The punch is entered.")).ToBeVisibleAsync();
        await OpenAsync(page, "Void");
        var voided = page.Locator("form[action*=Void]").Last;
        await voided.GetByLabel("Your name").FillAsync("Grace");
        await voided.GetByLabel("Reason").FillAsync("It was another day");
        await voided.GetByRole(Button, new() { Name = "Void it" }).ClickAsync();
        await Expect(page.GetByText("The punch doesn’t count any more.")).ToBeVisibleAsync();

        await OpenAsync(page, "Enter leave");
        var leave = page.Locator("form[action*=Leave]").Last;
        await leave.GetByLabel("Kind").SelectOptionAsync("BusinessTrip");
        await leave.GetByLabel("Part of each day").SelectOptionAsync("Hours");
        await leave.GetByLabel("From (hours only)").FillAsync("14:00");
        await leave.GetByLabel("To (hours only)").FillAsync("18:00");
        await leave.GetByLabel("Your name").FillAsync("Grace");
        await leave.GetByLabel("Reason").FillAsync("At a customer’s");
        await leave.GetByRole(Button, new() { Name = "Enter it" }).ClickAsync();
        await Expect(page.GetByText("The leave is entered.")).ToBeVisibleAsync();
        await Expect(page.Locator(".sums")).ToContainTextAsync("08:00 to 12:00");
        await LookAsync(visitor, "day");
    }

    /// <summary>Opens the last form of a name: of several punches, the latest one's.</summary>
    private static Task OpenAsync(IPage page, string name) =>
        page.Locator("summary").Filter(new() { HasText = name }).Last.ClickAsync();

    private static async Task LookAsync(Visitor visitor, string name)
    {
        (await visitor.Page.EvaluateAsync<string[]>(Inspection.FindFaults)).ShouldBeEmpty(name);
        (await visitor.Page.EvaluateAsync<string[]>(Inspection.FindFaintText)).ShouldBeEmpty(name);
        (await Inspection.RunAxeAsync(visitor.Page)).ShouldBeEmpty(name);
        await visitor.PhotographAsync(name, wholePage: true);
    }
}

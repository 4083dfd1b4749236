using System.Globalization;
using Frat.WebHost.Tests.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.WebHost.Tests.Settings;

/// <summary>The page that decides what a second look means, and what comes of it.</summary>
public sealed class SetUpTests : IAsyncDisposable
{
    private static readonly AuditNote Note = new() { By = Actor.User("test") };
    private static readonly (string, string)[] Hours =
    [
        ("mode", "InAndOut"), ("scheduled", "true"), ("start", "08:30"), ("end", "17:00"), ("break", "30"), ("grace", "10"),
        ("days", "Monday"), ("days", "Tuesday"), ("days", "Saturday"),
    ];

    private readonly SignInHost _host = new();

    private IScheduleStore Schedules => _host.Services.GetRequiredService<IScheduleStore>();

    private SettingStore Settings => _host.Services.GetRequiredService<SettingStore>();

    private DateOnly Today => _host.Services.GetRequiredService<SiteClock>().Today;

    [Fact]
    public async Task SetUp_BeforeAnybodyChose_IsPresenceOnlyAndShowsTheClockOfTheSite()
    {
        await _host.SetUpAsync();
        using var client = await _host.SignInAsync(SignInHost.Administrator);

        var page = await SignInHost.ReadAsync(client, "/set-up");

        page.ShouldContain(_host.Services.GetRequiredService<SiteClock>().LocalNow.ToString("HH:mm:ss", CultureInfo.InvariantCulture));
        (await Settings.ReadAsync()).ShouldBe(new HostSettings { Mode = AttendanceMode.PresenceOnly, ChosenAt = null });
        (await Schedules.ListDefaultSchedulesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task SetUp_InAndOutWithHours_HoldsFromTodayOnAndLeavesThePast()
    {
        await _host.SetUpAsync();
        using var client = await _host.SignInAsync(SignInHost.Administrator);

        await SaveAsync(client, Hours);
        var first = (await Schedules.ListSchedulesAsync()).ShouldHaveSingleItem();
        (first.Start, first.End, first.Break, first.LateGrace, first.Weekdays, first.Hours).ShouldBe((
            new TimeOnly(8, 30), new TimeOnly(17, 0), TimeSpan.FromMinutes(30), TimeSpan.FromMinutes(10),
            Weekdays.Monday | Weekdays.Tuesday | Weekdays.Saturday, HoursRule.FirstInLastOut));
        await SaveAsync(client, Hours);
        (await Schedules.ListSchedulesAsync()).ShouldHaveSingleItem().Id.ShouldBe(first.Id, "nothing was changed");
        await SaveAsync(client, [.. Hours, ("breaks", "true")]);
        var second = (await Schedules.ListSchedulesAsync()).ShouldHaveSingleItem();
        second.Hours.ShouldBe(HoursRule.EveryPair);
        (await SignInHost.ReadAsync(client, "/set-up")).ShouldContain("value=\"08:30\"");

        var yesterday = Today;
        _host.Clock.Advance(TimeSpan.FromDays(1));
        using var again = await _host.SignInAsync(SignInHost.Administrator);
        await SaveAsync(again, Hours);
        (await Schedules.ListDefaultSchedulesAsync()).Select(held => (held.From, held.ScheduleId == second.Id)).ShouldBe(
            [(yesterday, true), (Today, false)]);
        await SaveAsync(again, ("mode", "PresenceOnly"));
        (await Schedules.ListDefaultSchedulesAsync())[^1].ShouldBe(new DefaultSchedule { From = Today, ScheduleId = null });
        (await Settings.ReadAsync()).Mode.ShouldBe(AttendanceMode.PresenceOnly);
        (await _host.Services.GetRequiredService<IAuditTrail>().ReadAsync().Where(entry => entry.Action == SettingStore.Changed)
            .Select(entry => $"{entry.Old} > {entry.New}").ToListAsync()).ShouldBe(
            [" > attendance.mode: InAndOut", "attendance.mode: InAndOut > attendance.mode: PresenceOnly"]);
    }

    [Theory]
    [InlineData("mode", "Sometimes")]
    [InlineData("start", "late")]
    [InlineData("end", "")]
    [InlineData("break", "-1")]
    [InlineData("break", "999")]
    [InlineData("break", "x")]
    [InlineData("grace", "100000")]
    [InlineData("days", "128")]
    [InlineData("days", "")]
    public async Task SetUp_WhatCantBe_IsRefusedAndNothingIsSaved(string field, string value)
    {
        await _host.SetUpAsync();
        using var client = await _host.SignInAsync(SignInHost.Administrator);

        using var answer = await SignInHost.PostAsync(
            client, "/set-up", "/set-up", [.. Hours.Where(other => other.Item1 != field), (field, value)]);

        ((int)answer.StatusCode).ShouldBe(400);
        (await SignInHost.ReadAsync(answer)).ShouldContain("Nothing was saved");
        (await Schedules.ListSchedulesAsync()).ShouldBeEmpty();
        (await Settings.ReadAsync()).ChosenAt.ShouldBeNull();
    }

    [Fact]
    public async Task Kiosk_AfterAGoing_SaysGoodbyeOnlyToWhoGoes()
    {
        var setUp = _host.Services.GetRequiredService<SetUp>();
        await setUp.SaveAsync(AttendanceMode.InAndOut, null, Note);
        (await TellAsync("E-1", PunchDirection.Undetermined)).ShouldBe((KioskState.Out, "Booked 17:00", "8 h 01 today so far"));
        (await TellAsync("E-2", PunchDirection.Out)).ShouldBe((KioskState.Out, "Out 17:00", "8 h 01 today"), "the door is an exit");
        var hours = StandardHours.Start0900 with { ChecksOutForBreaks = true, BreakMinutes = 0 };
        await setUp.SaveAsync(AttendanceMode.InAndOut, hours, Note);
        (await TellAsync("E-3", PunchDirection.Undetermined)).ShouldBe((KioskState.Out, "Out 17:00", "7 h 01 today"), "the fourth in turn");

        async Task<(KioskState State, string? Line, string? More)> TellAsync(string employeeId, PunchDirection door)
        {
            var person = await AddAsync(employeeId);
            var day = Today.AddDays(1); // Each has a day of their own: clocks don't go back.
            var device = new Device { Name = "door", Direction = door, CreatedAt = TestHost.Now, CreatedBy = "test" };
            using var scope = _host.Services.CreateScope();
            KioskAnswer? last = null;
            foreach (var clock in (string[])["08:59", "12:00", "13:00", "17:00"])
            {
                _host.Clock.SetUtcNow(new DateTimeOffset(day, TimeOnly.Parse(clock, CultureInfo.InvariantCulture), TimeSpan.Zero));
                last = await scope.ServiceProvider.GetRequiredService<KioskAnswers>().OfAsync(device, await PunchAsync(person), default);
            }

            return (last!.State, last.Line, last.More);
        }
    }

    [Fact]
    public async Task Looks_OfADayWithoutASchedule_AreInOutWithHoursAndALongerStay()
    {
        var person = await AddAsync();

        (await LookAsync(person, 0)).Kind.ShouldBe(LookKind.In);
        (await LookAsync(person, 20)).Kind.ShouldBe(LookKind.Again, "within the minute");
        var going = await LookAsync(person, 4 * 3600);
        (going.Kind, going.Hours, going.IsFurther).ShouldBe((LookKind.Out, TimeSpan.FromHours(4), true), "a duplicate was before");
        var later = await LookAsync(person, 8 * 3600);
        (later.Kind, later.Hours, later.IsFurther).ShouldBe((LookKind.Out, TimeSpan.FromHours(8), true));
    }

    [Fact]
    public async Task Looks_WherePeopleCheckOutForBreaks_AreInAndOutInTurn()
    {
        var hours = StandardHours.Start0900 with { Start = new TimeOnly(0, 0), End = new TimeOnly(23, 59), Days = Weekdays.All };
        await _host.Services.GetRequiredService<SetUp>().SaveAsync(
            AttendanceMode.InAndOut, hours with { ChecksOutForBreaks = true, BreakMinutes = 0 }, Note);
        var person = await AddAsync();

        var looks = new List<Look>();
        foreach (var second in (int[])[0, 3 * 3600, 4 * 3600, 8 * 3600])
        {
            looks.Add(await LookAsync(person, second));
        }

        looks.Select(look => look.Kind is LookKind.Late ? LookKind.In : look.Kind).ShouldBe(
            [LookKind.In, LookKind.Out, LookKind.In, LookKind.Out]);
        (looks[1].Hours, looks[3].Hours).ShouldBe((TimeSpan.FromHours(3), TimeSpan.FromHours(7)));
    }

    [Fact]
    public async Task Setting_ChangedByOneHost_IsKnownToAnotherWithinSeconds()
    {
        var other = ActivatorUtilities.CreateInstance<SettingStore>(_host.Services);
        (await other.ReadAsync()).Mode.ShouldBe(AttendanceMode.PresenceOnly);

        await Settings.SetModeAsync(AttendanceMode.InAndOut, Note);

        (await Settings.ReadAsync()).Mode.ShouldBe(AttendanceMode.InAndOut, "at once where it was changed");
        (await other.ReadAsync()).Mode.ShouldBe(AttendanceMode.PresenceOnly, "it asks only now and then");
        _host.Clock.Advance(SettingStore.Age);
        (await other.ReadAsync()).Mode.ShouldBe(AttendanceMode.InAndOut);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static async Task SaveAsync(HttpClient client, params (string, string)[] fields)
    {
        using var answer = await SignInHost.PostAsync(client, "/set-up", "/set-up", fields);
        ((int)answer.StatusCode).ShouldBe(302);
        (await SignInHost.ReadAsync(client, "/set-up")).ShouldContain("Saved.");
    }

    private async Task<Person> AddAsync(string employeeId = "E-1") => (await _host.Services.GetRequiredService<IPersonStore>().EnrollAsync(
        new Enrollment { EmployeeId = employeeId, Name = "Ada", Templates = [], Consent = null, Note = Note })).Person;

    private async Task<Look> LookAsync(Person person, int second)
    {
        _host.Clock.SetUtcNow(TestHost.Now.AddSeconds(second));
        return Look.Of(await PunchAsync(person), AttendanceMode.InAndOut);
    }

    private async Task<PunchReceipt> PunchAsync(Person person) =>
        (await _host.Services.GetRequiredService<ICheckInService>().PunchAsync(
            new PunchRequest { PersonId = person.Id, Method = PunchMethod.Pin, Source = "door" })).ShouldNotBeNull();
}

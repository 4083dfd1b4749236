using Frat.TestKit;

namespace Frat.Tests.CheckIn;

/// <summary>Punches of people who were identified without a face.</summary>
public sealed class PunchTests
{
    private static readonly string Photo = DebianPhotos.Johns["John_Savage"][0];
    private static readonly AuditNote Manager = new() { By = Actor.User("manager"), Reason = "Forgot to check in." };

    [Fact]
    public async Task PunchAsync_ByPin_IsRecordedAsSuchUnlessThePersonIsNotActive()
    {
        await using var host = await FratHost.StartAsync(options => options.Site.TimeZone = "Etc/UTC");
        var person = (await host.EnrollAsync("7", Photo)).Person!;
        var request = new PunchRequest { PersonId = person.Id, Method = PunchMethod.Pin, Source = "front door", IdempotencyKey = "key" };

        var receipt = await host.CheckIn.PunchAsync(request);

        receipt.ShouldNotBeNull().Marked.ShouldBeTrue();
        (await host.CheckIn.PunchAsync(request)).ShouldBe(receipt, "sent again, it is the same punch");
        var punch = await ReadAsync(host, person);
        (punch.Method, punch.Source, punch.Distance).ShouldBe((PunchMethod.Pin, "front door", null));
        await host.Get<IPeopleService>().SetActiveAsync(person.Id, active: false, FratHost.Note);
        (await host.CheckIn.PunchAsync(request with { IdempotencyKey = "later" })).ShouldBeNull();
        (await host.CheckIn.PunchAsync(request with { PersonId = Guid.NewGuid() })).ShouldBeNull();
    }

    [Fact]
    public async Task PunchAsync_ByAManager_CountsAtTheTimeOnTheWallAndIsInTheTrail()
    {
        await using var host = await FratHost.StartAsync(options => options.Site.TimeZone = "Europe/Berlin");
        var person = (await host.EnrollAsync("7", Photo)).Person!;
        var wall = new DateTime(2026, 11, 20, 8, 59, 0);
        var request = new PunchRequest
        {
            PersonId = person.Id, Method = PunchMethod.Manual, Source = "office", LocalTime = wall, Note = Manager,
        };

        var receipt = await host.CheckIn.PunchAsync(request);

        receipt.ShouldNotBeNull().Day.FirstIn.ShouldBe(wall);
        (await ReadAsync(host, person)).Instant.ShouldBe(new DateTimeOffset(2026, 11, 20, 7, 59, 0, TimeSpan.Zero));
        var entry = await host.Get<IAuditTrail>().ReadAsync(personId: person.Id).LastAsync();
        (entry.Action, entry.Reason).ShouldBe((AuditActions.PunchEntered, Manager.Reason));
        entry.New.ShouldBe($"{receipt.PunchId} 2026-11-20T08:59:00");
    }

    // At 02:30 on 29 March 2026 no clock in Berlin showed that time.
    [Fact]
    public async Task PunchAsync_WhatCannotBe_IsRefusedAndRecordsNothing()
    {
        await using var host = await FratHost.StartAsync(options => options.Site.TimeZone = "Europe/Berlin");
        var person = (await host.EnrollAsync("7", Photo)).Person!;
        var (pin, manual) = (
            new PunchRequest { PersonId = person.Id, Method = PunchMethod.Pin, Source = "door" },
            new PunchRequest { PersonId = person.Id, Method = PunchMethod.Manual, Source = "office", Note = Manager });
        PunchRequest[] wrong =
        [
            pin with { Method = PunchMethod.Face },
            pin with { Method = PunchMethod.Import },
            pin with { LocalTime = new DateTime(2026, 11, 20, 9, 0, 0) },
            pin with { Source = "" },
            pin with { Site = "nowhere" },
            pin with { CapturedAt = host.Time.GetUtcNow().AddDays(-2) },
            manual with { Note = null },
            manual with { Note = new AuditNote { By = Actor.User("manager") } },
            manual with { LocalTime = new DateTime(2026, 3, 29, 2, 30, 0) },
            manual with { LocalTime = new DateTime(2026, 11, 20, 9, 0, 0), CapturedAt = host.Time.GetUtcNow() },
        ];

        foreach (var request in wrong)
        {
            await Should.ThrowAsync<ArgumentException>(() => host.CheckIn.PunchAsync(request), request.ToString());
        }

        (await host.Get<IAttendanceLog>().ReadPunchesAsync(DateOnly.MinValue, DateOnly.MaxValue).AnyAsync()).ShouldBeFalse();
    }

    private static async Task<Punch> ReadAsync(FratHost host, Person person) =>
        await host.Get<IAttendanceLog>().ReadPunchesAsync(DateOnly.MinValue, DateOnly.MaxValue, person.Id).SingleAsync();
}

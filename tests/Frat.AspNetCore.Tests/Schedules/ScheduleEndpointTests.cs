using Frat.AspNetCore.Tests.Applications;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.AspNetCore.Tests.Schedules;

[Collection(SharedApplication.Name)]
public sealed class ScheduleEndpointTests(OtherApplication application)
{
    [Fact]
    public async Task Schedule_WithCalendarAndAssignment_IsKeptAndCantGoWhileItIsInUse()
    {
        using var client = application.CreateClient();
        var (calendar, schedule, assignment) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        var id = await EnrollAsync();

        var savedCalendar = await client.CallAsync("PUT", $"/again/calendars/{calendar}", new
        {
            name = $"Holidays {calendar}", holidays = new[] { new { date = "2026-12-25", name = "Christmas" } },
        });
        var saved = await client.CallAsync("PUT", $"/again/schedules/{schedule}", new
        {
            name = $"Early {schedule}",
            timeZone = "Europe/Berlin",
            start = "06:00:00",
            end = "14:00:00",
            weekdays = new[] { "monday", "saturday" },
            breakMinutes = 30,
            direction = "strict",
            halfDayBelowMinutes = 240,
            holidayCalendarId = calendar,
        });
        var assigned = await client.CallAsync(
            "PUT", $"/again/people/{id}/assignments/{assignment}", new { scheduleId = schedule, from = "2026-11-01" });
        var overlapping = await client.CallAsync(
            "PUT", $"/again/people/{id}/assignments/{Guid.NewGuid()}", new { scheduleId = schedule, from = "2026-11-15" });
        var inUse = await client.CallAsync("DELETE", $"/again/schedules/{schedule}");
        var calendarInUse = await client.CallAsync("DELETE", $"/again/calendars/{calendar}");
        var listed = (await client.CallAsync("GET", "/again/schedules")).Json!.AsArray()
            .Single(one => one!["id"]!.ToString() == schedule.ToString())!;
        var assignments = (await client.CallAsync("GET", $"/again/people/{id}/assignments")).Json!.AsArray();

        savedCalendar.Status.ShouldBe(200);
        saved.Status.ShouldBe(200, saved.Json?.ToJsonString());
        listed.ToJsonString().ShouldBe(saved.Json!.ToJsonString());
        listed["weekdays"]!.ToJsonString().ShouldBe("""["monday","saturday"]""");
        listed["direction"]!.ToString().ShouldBe("strict");
        listed["windowBeforeMinutes"]!.GetValue<int>().ShouldBe(120);
        assigned.Status.ShouldBe(200);
        (overlapping.Status, overlapping.Code()).ShouldBe((409, "scheduleConflict"));
        (inUse.Status, inUse.Code()).ShouldBe((409, "scheduleConflict"));
        (calendarInUse.Status, calendarInUse.Code()).ShouldBe((409, "scheduleConflict"));
        assignments.Single()!["scheduleId"]!.ToString().ShouldBe(schedule.ToString());

        (await client.CallAsync("DELETE", $"/again/people/{id}/assignments/{assignment}")).Status.ShouldBe(204);
        (await client.CallAsync("DELETE", $"/again/people/{id}/assignments/{assignment}")).Code().ShouldBe("assignmentNotFound");
        (await client.CallAsync("DELETE", $"/again/schedules/{schedule}?reason=over")).Status.ShouldBe(204);
        (await client.CallAsync("DELETE", $"/again/calendars/{calendar}")).Status.ShouldBe(204);
        (await client.CallAsync("DELETE", $"/again/calendars/{calendar}")).Code().ShouldBe("calendarNotFound");
    }

    [Theory]
    [InlineData("{}", "invalidFields")]
    [InlineData("""{"name":"A","timeZone":"Atlantis","start":"06:00:00","end":"14:00:00"}""", "invalidSchedule")]
    [InlineData("""{"name":"A","timeZone":"Europe/Berlin","start":"06:00:00","end":"14:00:00","breakMinutes":-5}""", "invalidSchedule")]
    [InlineData("""{"name":"A","timeZone":"Europe/Berlin","start":"06:00:00","end":"14:00:00","breakMinutes":999999}""", "invalidSchedule")]
    [InlineData("""{"name":"A","timeZone":"Europe/Berlin","start":"06:00:00","end":"14:00:00","weekdays":["someday"]}""", "badRequest")]
    [InlineData("""{"name":"A","timeZone":"Europe/Berlin","start":"25:00:00","end":"14:00:00"}""", "badRequest")]
    [InlineData("""{"name":"A","timeZone":"Europe/Berlin","start":"06:00:00","end":"14:00:00","by":"ceo"}""", "invalidFields")]
    public async Task Schedule_ThatCantBe_IsRefusedAndNotKept(string json, string code)
    {
        using var client = application.CreateClient();
        var id = Guid.NewGuid();

        var refused = await client.CallAsync("PUT", $"/again/schedules/{id}", System.Text.Json.Nodes.JsonNode.Parse(json));

        (refused.Status, refused.Code()).ShouldBe((400, code));
        (await client.CallAsync("GET", "/again/schedules")).Json!.ToJsonString().ShouldNotContain(id.ToString());
    }

    [Fact]
    public async Task DefaultSchedule_FromADate_IsListed()
    {
        using var client = application.CreateClient();

        var set = await client.CallAsync("PUT", "/again/schedules/default", new { scheduleId = (Guid?)null, from = "2026-11-01" });
        var unknown = await client.CallAsync("PUT", "/again/schedules/default", new { scheduleId = Guid.NewGuid(), from = "2026-11-01" });

        set.Status.ShouldBe(204);
        (unknown.Status, unknown.Code()).ShouldBe((400, "invalidSchedule"));
        (await client.CallAsync("GET", "/again/schedules/default")).Json!.AsArray()
            .ShouldContain(one => one!["from"]!.ToString() == "2026-11-01" && one["scheduleId"] == null);
    }

    [Fact]
    public async Task Leave_OfAPerson_IsListedAndDeletedAtTheirAddressOnly()
    {
        using var client = application.CreateClient();
        var (id, other, leave) = (await EnrollAsync(), await EnrollAsync(), Guid.NewGuid());

        var saved = await client.CallAsync(
            "PUT", $"/again/people/{id}/leaves/{leave}", new { from = "2026-11-02", to = "2026-11-03", part = "firstHalf" });
        var reversed = await client.CallAsync(
            "PUT", $"/again/people/{id}/leaves/{Guid.NewGuid()}", new { from = "2026-11-03", to = "2026-11-02" });
        var elsewhere = await client.CallAsync("DELETE", $"/again/people/{other}/leaves/{leave}");
        var listed = await client.CallAsync("GET", $"/again/people/{id}/leaves?from=2026-11-01&to=2026-11-30");

        saved.Status.ShouldBe(200);
        (reversed.Status, reversed.Code()).ShouldBe((400, "invalidSchedule"));
        elsewhere.Code().ShouldBe("leaveNotFound");
        listed.Json!.AsArray().Single()!["part"]!.ToString().ShouldBe("firstHalf");
        (await client.CallAsync("GET", $"/again/people/{id}/leaves?from=2027-01-01")).Json!.AsArray().ShouldBeEmpty();
        (await client.CallAsync("DELETE", $"/again/people/{id}/leaves/{leave}")).Status.ShouldBe(204);
        (await client.CallAsync("GET", $"/again/people/{id}/leaves")).Json!.AsArray().ShouldBeEmpty();
        (await client.CallAsync("PUT", $"/again/people/nobody/leaves/{leave}", new { from = "2026-11-02", to = "2026-11-03" }))
            .Code().ShouldBe("personNotFound");
    }

    private async Task<string> EnrollAsync()
    {
        var id = Guid.NewGuid().ToString();
        await application.Services.GetRequiredService<IPersonStore>().EnrollAsync(
            new Enrollment
            {
                EmployeeId = id, Name = "Ada", Templates = [], Consent = null, Note = new AuditNote { By = Actor.User("test") },
            });
        return id;
    }
}

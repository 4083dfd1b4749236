using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.AspNetCore.Tests.Applications;

/// <summary>Which policy guards what: a call that is added has to be entered here.</summary>
public sealed class PolicyTests
{
    private static readonly string[] Guarded =
    [
        "DELETE /calendars/{calendarId} frat.schedules.manage",
        "DELETE /people/{employeeId} frat.people.manage",
        "DELETE /people/{employeeId}/assignments/{assignmentId} frat.schedules.manage",
        "DELETE /people/{employeeId}/leaves/{leaveId} frat.schedules.manage",
        "DELETE /people/{employeeId}/templates/{templateId} frat.people.manage",
        "DELETE /schedules/{scheduleId} frat.schedules.manage",
        "GET /attendance frat.attendance.read",
        "GET /audit frat.audit.read",
        "GET /calendars frat.attendance.read",
        "GET /consent frat.people.read",
        "GET /events frat.attendance.read",
        "GET /people frat.people.read",
        "GET /people/{employeeId} frat.people.read",
        "GET /people/{employeeId}/assignments frat.attendance.read",
        "GET /people/{employeeId}/consents frat.people.read",
        "GET /people/{employeeId}/days/{date} frat.attendance.read",
        "GET /people/{employeeId}/leaves frat.attendance.read",
        "GET /people/{employeeId}/templates frat.people.read",
        "GET /punches/{punchId}/corrections frat.attendance.read",
        "GET /reports/day frat.attendance.read",
        "GET /reports/month frat.attendance.read",
        "GET /reports/person frat.attendance.read",
        "GET /reports/punches frat.attendance.read",
        "GET /schedules frat.attendance.read",
        "GET /schedules/default frat.attendance.read",
        "PATCH /people/{employeeId} frat.people.manage",
        "POST /check-ins frat.checkIn",
        "POST /people frat.people.manage",
        "POST /people/without-face frat.people.manage",
        "POST /people/{employeeId}/activate frat.people.manage",
        "POST /people/{employeeId}/consents frat.people.manage",
        "POST /people/{employeeId}/deactivate frat.people.manage",
        "POST /people/{employeeId}/export frat.people.manage",
        "POST /people/{employeeId}/photos frat.people.manage",
        "POST /people/{employeeId}/punches frat.attendance.correct",
        "POST /people/{employeeId}/punches/pin frat.punch.pin",
        "POST /people/{employeeId}/revoke frat.people.manage",
        "POST /photos/assess frat.people.manage",
        "POST /punches/{punchId}/corrections frat.attendance.correct",
        "PUT /calendars/{calendarId} frat.schedules.manage",
        "PUT /people/{employeeId}/assignments/{assignmentId} frat.schedules.manage",
        "PUT /people/{employeeId}/leaves/{leaveId} frat.schedules.manage",
        "PUT /schedules/default frat.schedules.manage",
        "PUT /schedules/{scheduleId} frat.schedules.manage",
    ];

    [Fact]
    public void RequireFratPolicies_EachEndpoint_AsksForItsOwn()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Services.AddFrat().UseDlib().UseSqlite("Data Source=never-opened.db");
        builder.Services.AddFratEndpoints();
        using var app = builder.Build();
        app.MapFrat().RequireFratPolicies();

        ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).Cast<RouteEndpoint>()
            .Select(endpoint => string.Join(
                ' ',
                endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Single(),
                endpoint.RoutePattern.RawText,
                endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Single().Policy))
            .Order(StringComparer.Ordinal)
            .ShouldBe(Guarded);
    }
}

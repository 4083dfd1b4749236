using System.Diagnostics.CodeAnalysis;
using Frat;
using Frat.AspNetCore;

namespace Microsoft.AspNetCore.Builder;

/// <summary>
/// Maps FRAT's calls into an application. Each method takes what is to stand before the addresses, such as <c>/attendance</c>, and returns
/// a convention builder, such as for <c>RequireAuthorization("hr")</c>: no call has a policy of its own, unless
/// <see cref="FratEndpointConventionBuilderExtensions.RequireFratPolicies"/> is asked for. Services: <c>AddFrat()</c> with an encoder and a
/// store, and <c>AddFratEndpoints()</c>.
/// </summary>
public static class FratEndpointRouteBuilderExtensions
{
    /// <summary>Maps all calls but those of the original application: check-ins, photos, people, attendance, schedules,
    /// reports, audit.</summary>
    /// <param name="endpoints">The application, or a group of its own.</param>
    /// <param name="prefix">What stands before the addresses.</param>
    /// <returns>For conventions of all of them.</returns>
    /// <exception cref="InvalidOperationException">A service is missing.</exception>
    public static IEndpointConventionBuilder MapFrat(this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string prefix = "") =>
        endpoints.MapPart(prefix, group =>
        {
            group.MapPhotos();
            MapAllOfPeople(group);
            group.MapAudit();
            group.MapCheckIns();
            group.MapPinPunches();
            MapAllOfAttendance(group);
            group.MapEvents();
            MapAllOfSchedules(group);
            group.MapReports();
        });

    /// <summary>Maps <c>POST /check-ins</c> alone: what a kiosk needs.</summary>
    /// <inheritdoc cref="MapFrat"/>
    public static IEndpointConventionBuilder MapFratCheckIns(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string prefix = "") =>
        endpoints.MapPart(prefix, group => group.MapCheckIns());

    /// <summary>
    /// Maps <c>POST /people/{employeeId}/punches/pin</c>: for the application's own program that has verified a PIN. See
    /// <see cref="FratPolicies.PunchByPin"/>.
    /// </summary>
    /// <inheritdoc cref="MapFrat"/>
    public static IEndpointConventionBuilder MapFratPinPunches(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string prefix = "") =>
        endpoints.MapPart(prefix, group => group.MapPinPunches());

    /// <summary>Maps <c>POST /photos/assess</c>: what a page asks before it registers somebody.</summary>
    /// <inheritdoc cref="MapFrat"/>
    public static IEndpointConventionBuilder MapFratPhotos(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string prefix = "") =>
        endpoints.MapPart(prefix, group => group.MapPhotos());

    /// <summary>Maps <c>/people</c> and <c>/consent</c>: who is enrolled, and all that can be done about it.</summary>
    /// <inheritdoc cref="MapFrat"/>
    public static IEndpointConventionBuilder MapFratPeople(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string prefix = "") =>
        endpoints.MapPart(prefix, MapAllOfPeople);

    /// <summary>
    /// Maps <c>/attendance</c>, <c>/people/{employeeId}/days</c>, <c>/people/{employeeId}/punches</c> and
    /// <c>/punches/{punchId}/corrections</c>: days, what their punches counted as, corrections, and punches that a manager enters.
    /// </summary>
    /// <inheritdoc cref="MapFrat"/>
    public static IEndpointConventionBuilder MapFratAttendance(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string prefix = "") =>
        endpoints.MapPart(prefix, MapAllOfAttendance);

    /// <summary>Maps <c>GET /events</c>: what is recorded, as it happens, as server-sent events.</summary>
    /// <inheritdoc cref="MapFrat"/>
    public static IEndpointConventionBuilder MapFratEvents(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string prefix = "") =>
        endpoints.MapPart(prefix, group => group.MapEvents());

    /// <summary>
    /// Maps <c>/schedules</c>, <c>/calendars</c>, <c>/people/{employeeId}/assignments</c> and <c>/people/{employeeId}/leaves</c>.
    /// </summary>
    /// <inheritdoc cref="MapFrat"/>
    public static IEndpointConventionBuilder MapFratSchedules(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string prefix = "") =>
        endpoints.MapPart(prefix, MapAllOfSchedules);

    /// <summary>Maps <c>/reports</c>: attendance as CSV, XLSX and JSON.</summary>
    /// <inheritdoc cref="MapFrat"/>
    public static IEndpointConventionBuilder MapFratReports(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string prefix = "") =>
        endpoints.MapPart(prefix, group => group.MapReports());

    /// <summary>Maps <c>/audit</c>: who did what, when and why.</summary>
    /// <inheritdoc cref="MapFrat"/>
    public static IEndpointConventionBuilder MapFratAudit(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string prefix = "") =>
        endpoints.MapPart(prefix, group => group.MapAudit());

    /// <summary>
    /// Maps the original application's <c>POST /register</c> and <c>POST /attendance</c>, so that pages and scripts written for it go on:
    /// the same fields, statuses and messages. See <see cref="FlaskCompatibilityOptions"/>.
    /// </summary>
    /// <inheritdoc cref="MapFrat"/>
    public static IEndpointConventionBuilder MapFratFlaskCompatibility(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string prefix = "") =>
        endpoints.MapPart(prefix, group => group.MapFlask());

    private static void MapAllOfPeople(IEndpointRouteBuilder group)
    {
        group.MapPeople();
        group.MapPeopleList();
        group.MapPerson();
        group.MapPersonChange();
        group.MapAddedPhotos();
    }

    private static void MapAllOfAttendance(IEndpointRouteBuilder group)
    {
        group.MapAttendance();
        group.MapCorrections();
        group.MapManualPunches();
    }

    private static void MapAllOfSchedules(IEndpointRouteBuilder group)
    {
        group.MapSchedules();
        group.MapAssignments();
    }

    private static RouteGroupBuilder MapPart(this IEndpointRouteBuilder endpoints, string prefix, Action<RouteGroupBuilder> map)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        var services = endpoints.ServiceProvider.GetRequiredService<IServiceProviderIsService>();
        if (!services.IsService(typeof(ICheckInService)))
        {
            throw new InvalidOperationException("FRAT's engine is missing: call services.AddFrat() with an encoder and a store.");
        }

        if (!services.IsService(typeof(UploadLimits)))
        {
            throw new InvalidOperationException("What FRAT's endpoints need is missing: call services.AddFratEndpoints().");
        }

        var group = endpoints.MapGroup(prefix);
        group.DisableCookieRedirect(); // Programs call: who isn't signed in is told so, and not sent to a page.
        ((IEndpointConventionBuilder)group).Finally(Envelope.Wrap);
        map(group);
        return group;
    }
}

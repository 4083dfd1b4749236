using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Frat.WebHost;

/// <summary>The JSON API, version 1.</summary>
internal static class ApiRoutes
{
    public const string Prefix = "/api/v1";

    private const int MaxJsonDepth = 32;

    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup(Prefix);
        api.MapPhotos();
        api.MapPeople();
        api.MapPerson();
        api.MapAudit();
        api.MapCheckIns();
        api.MapAttendance();
        api.MapReports();
    }

    /// <summary>How values look in JSON: results in camelCase; the status of a day by the name that it is stored under.</summary>
    public static void AddApiJson(this IServiceCollection services) => services.Configure<JsonOptions>(json =>
    {
        json.SerializerOptions.MaxDepth = MaxJsonDepth;
        json.SerializerOptions.AllowDuplicateProperties = false; // Of two notes, who reads the log may see the other one.
        var converters = json.SerializerOptions.Converters;
        converters.Add(ByName<PhotoVerdict>(JsonNamingPolicy.CamelCase));
        converters.Add(ByName<IdentificationOutcome>(JsonNamingPolicy.CamelCase));
        converters.Add(ByName<InvalidImageReason>(JsonNamingPolicy.CamelCase));
        converters.Add(ByName<ConsentBasis>(JsonNamingPolicy.CamelCase));
        converters.Add(ByName<AttendanceStatus>(null));
        converters.Add(ByName<DayKind>(null));
        converters.Add(ByName<LeavePart>(null));
    });

    // Never by number: 99 is no value of any of them.
    private static JsonStringEnumConverter<T> ByName<T>(JsonNamingPolicy? naming)
        where T : struct, Enum => new(naming, allowIntegerValues: false);

    /// <summary>Says which failures an endpoint answers, for the API document.</summary>
    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses)
        {
            endpoint.Produces<ProblemDetails>(status, "application/problem+json");
        }

        return endpoint;
    }

    /// <summary>
    /// Waits for the first item before the answer begins: a store that fails at once is then still answered with a problem.
    /// </summary>
    public static async Task<IAsyncEnumerable<T>> PrimeAsync<T>(this IAsyncEnumerable<T> source, CancellationToken cancellationToken)
    {
        var enumerator = source.GetAsyncEnumerator(cancellationToken);
        try
        {
            return Rest(enumerator, await enumerator.MoveNextAsync());
        }
        catch
        {
            await enumerator.DisposeAsync();
            throw;
        }

        static async IAsyncEnumerable<T> Rest(IAsyncEnumerator<T> enumerator, bool hasItem)
        {
            await using (enumerator)
            {
                for (; hasItem; hasItem = await enumerator.MoveNextAsync())
                {
                    yield return enumerator.Current;
                }
            }
        }
    }
}

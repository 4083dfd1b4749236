using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Frat.AspNetCore;

/// <summary>An answer as JSON, written by the package's own rules, whatever those of the application are.</summary>
internal sealed class JsonAnswer<T>(T value, JsonTypeInfo<T> type, int status, string? location) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.StatusCode = status;
        if (location is not null)
        {
            httpContext.Response.Headers.Location = location;
        }

        return httpContext.Response.WriteAsJsonAsync(value, type, contentType: null, httpContext.RequestAborted);
    }
}

/// <summary>Answers.</summary>
internal static class JsonAnswer
{
    private const int MaxDepth = 32;

    public static JsonAnswer<T> Ok<T>(T value, JsonTypeInfo<T> type) => new(value, type, StatusCodes.Status200OK, location: null);

    public static JsonAnswer<T> Created<T>(string location, T value, JsonTypeInfo<T> type) =>
        new(value, type, StatusCodes.Status201Created, location);

    /// <summary>The options of each part's source-generated JSON.</summary>
    public static JsonSerializerOptions NewOptions() => new(JsonSerializerDefaults.Web)
    {
        MaxDepth = MaxDepth,
        AllowDuplicateProperties = false, // Of two notes, who reads the log may see the other one.
    };
}

/// <summary>A value of an enumeration by its name, in camelCase; never by number: 99 is no value of any of them.</summary>
internal sealed class CamelCase<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase, allowIntegerValues: false)
    where T : struct, Enum;

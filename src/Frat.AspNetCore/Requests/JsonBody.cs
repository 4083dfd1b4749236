using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;

namespace Frat.AspNetCore;

/// <summary>What an endpoint of the package reads as JSON.</summary>
internal interface IJsonRequest<T>
{
    /// <summary>How it is read.</summary>
    static abstract JsonTypeInfo<T> Json { get; }

    /// <summary>Whether the request may have no body.</summary>
    static virtual bool IsOptional => true;
}

/// <summary>The JSON of a request, read by the package's own rules, whatever those of the application are.</summary>
/// <param name="Value">What was read; null where there is no body, which only optional ones may lack.</param>
internal sealed record JsonBody<T>(T? Value) : IEndpointParameterMetadataProvider
    where T : class, IJsonRequest<T>
{
    /// <summary>What was read of a body that isn't optional.</summary>
    public T Required => Value!;

    /// <summary>Called by the framework.</summary>
    /// <exception cref="BadHttpRequestException">It is no JSON, or another one.</exception>
    public static async ValueTask<JsonBody<T>> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        T? value = null;
        if (context.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? context.Request.ContentLength != 0)
        {
            if (!context.Request.HasJsonContentType())
            {
                throw new BadHttpRequestException("The body is not JSON.", StatusCodes.Status415UnsupportedMediaType);
            }

            try
            {
                value = await context.Request.ReadFromJsonAsync(T.Json, context.RequestAborted);
            }
            catch (JsonException exception)
            {
                throw new BadHttpRequestException("The JSON can't be read.", StatusCodes.Status400BadRequest, exception);
            }
        }

        return value is not null || T.IsOptional ? new JsonBody<T>(value) : throw new BadHttpRequestException("There is no JSON.");
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), T.IsOptional));
}

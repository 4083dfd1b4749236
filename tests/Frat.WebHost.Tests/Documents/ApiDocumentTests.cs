using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Snapshooter.Xunit;

namespace Frat.WebHost.Tests.Documents;

[Collection(SharedHost.Name)]
public sealed class ApiDocumentTests(TestHost host)
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true };

    [Fact]
    public async Task Document_OfTheHost_IsAsAgreed()
    {
        using var client = host.CreateClient();

        var document = await client.FetchAsync("/openapi/v1.json");

        Snapshot.Match(document.Json!.ToJsonString(Readable));
    }

    [Fact]
    public async Task Document_EveryEndpointOfBothApis_IsDescribed()
    {
        using var client = host.CreateClient();
        var paths = (await client.FetchAsync("/openapi/v1.json")).Json!["paths"]!.AsObject();
        var endpoints = host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText is { } path
                && (path.StartsWith("/api/", StringComparison.Ordinal)
                    || path is FlaskEndpoints.RegisterPath or FlaskEndpoints.AttendancePath)
                // Others there only say that the method is wrong.
                && endpoint.Metadata.GetMetadata<IExcludeFromDescriptionMetadata>() is null)
            .SelectMany(endpoint => endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(
                method => (endpoint.RoutePattern.RawText!, method)))
            .ToList();

        endpoints.Count.ShouldBe(51);
        foreach (var (path, method) in endpoints)
        {
            var operation = paths[path]?[method.ToLowerInvariant()].ShouldNotBeNull($"{method} {path}");
            operation!["summary"]!.ToString().ShouldNotBeNullOrWhiteSpace();
            operation["operationId"]!.ToString().ShouldNotBeNullOrWhiteSpace();
            var responses = operation["responses"]!.AsObject();
            responses.ShouldContain(response => response.Key.StartsWith('2'));
            responses.ShouldContain(response => response.Key.StartsWith('5'));
            responses.ShouldAllBe(response =>
                response.Value!["description"]!.ToString().Length > 0
                    && (response.Key == "204" || response.Value["content"] is JsonObject));
        }
    }
}

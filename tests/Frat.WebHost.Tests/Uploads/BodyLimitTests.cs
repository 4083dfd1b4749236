using System.Globalization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.WebHost.Tests.Uploads;

/// <summary>No body is read that is longer than its address takes, no matter who forgot to say how long that is.</summary>
public sealed class BodyLimitTests : IAsyncLifetime, IDisposable
{
    private const long Plain = 64 * 1024;
    private const long Upload = 32 * 1024 * 1024;

    private readonly ServedHost _host = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _host.DisposeAsync().AsTask();

    public void Dispose() => _host.Dispose();

    [Fact]
    public async Task AnyEndpoint_OneByteMoreThanItsLimitIsAnnounced_IsRefusedBeforeTheByteIsSent()
    {
        var endpoints = Endpoints().ToList();
        endpoints.Count(endpoint => endpoint.Limit == Upload).ShouldBe(6);
        endpoints.Count(endpoint => endpoint.Limit == Plain).ShouldBeGreaterThan(20);
        foreach (var (method, target, limit) in endpoints)
        {
            using var connection = await _host.ConnectAsync();
            await connection.BeginAsync(method, target, "Content-Type: application/json", $"Content-Length: {limit + 1}");

            (await connection.ReadAsync()).Status.ShouldBe(413, $"{method} {target}");
        }
    }

    [Fact]
    public async Task AnyEndpoint_MoreThanItsLimitComesInChunks_IsRefused()
    {
        foreach (var (method, target, limit) in Endpoints())
        {
            using var connection = await _host.ConnectAsync();
            await connection.BeginAsync(
                method,
                target,
                $"Content-Type: {(limit == Plain ? "application/json" : "multipart/form-data; boundary=x")}",
                "Transfer-Encoding: chunked");
            if (limit == Plain)
            {
                await connection.WriteAsync(
                    string.Create(CultureInfo.InvariantCulture, $"{Plain + 1:x}\r\n") + new string('x', (int)Plain + 1) + "\r\n");
            }

            // An upload without a length is refused for that, with nothing of it read.
            (await connection.ReadAsync()).Status.ShouldBe(limit == Plain ? 413 : 411, $"{method} {target}");
        }
    }

    [Theory]
    [InlineData("POST", "/api/v1/people/1/revoke", "application/json", "{\"by\":\"")]
    [InlineData("DELETE", "/api/v1/people/1", "application/json", "{\"by\":\"")]
    [InlineData("POST", "/people/person?id=1&handler=Revoke", "application/x-www-form-urlencoded", "by=")]
    [InlineData("POST", "/nothing", "text/plain", "")]
    public async Task PlainBodies_ManyOfManyMegabytes_AreRefusedUnread(string method, string target, string type, string begin)
    {
        var connections = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => _host.ConnectAsync()));
        foreach (var connection in connections)
        {
            await connection.BeginAsync(method, target, $"Content-Type: {type}", "Content-Length: 10000000");
            await connection.WriteAsync(begin);
        }

        foreach (var connection in connections)
        {
            (await connection.ReadAsync()).Status.ShouldBe(413);
            connection.Dispose();
        }
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task FormOfAPage_ThousandsOfFieldsOrALongValue_IsRefused(string type)
    {
        foreach (var fields in (string[][])[[.. Enumerable.Range(0, 3000).Select(number => $"k{number}")], [new string('k', 50_000)]])
        {
            var body = type[0] == 'a'
                ? string.Join('&', fields.Select(field => field + "=v"))
                : string.Concat(fields.Take(500).Select(field => $"--x\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\nv\r\n"))
                    + "--x--\r\n";
            using var connection = await _host.ConnectAsync();
            await connection.BeginAsync(
                "POST", "/people/person?id=1&handler=Revoke", $"Content-Type: {type}", $"Content-Length: {body.Length}");
            await connection.WriteAsync(body);

            (await connection.ReadAsync()).Status.ShouldBe(400);
        }
    }

    [Fact]
    public async Task Body_AsLongAsItMayBe_IsRead()
    {
        using var connection = await _host.ConnectAsync();
        var (begin, end) = ("{\"by\":\"HR\",\"reason\":\"", "\"}");
        await connection.BeginAsync("POST", "/api/v1/people/1/revoke", "Content-Type: application/json", $"Content-Length: {Plain}");
        await connection.WriteAsync(begin + new string('x', (int)Plain - begin.Length - end.Length) + end);

        (await connection.ReadAsync()).Problem.ShouldBe((400, "invalidFields"), "it was read: the reason is too long");
    }

    private IEnumerable<(string Method, string Target, long Limit)> Endpoints()
    {
        foreach (var endpoint in _host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var parts = endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part =>
                part is Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal ? literal.Content : Guid.Empty.ToString())));
            var target = "/" + string.Join('/', parts);
            var limit = endpoint.Metadata.GetMetadata<IRequestSizeLimitMetadata>()?.MaxRequestBodySize ?? Plain;
            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"])
            {
                yield return (method, target, limit);
            }
        }
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.WebHost.Tests.Hosting;

/// <summary>Whatever is sent, it is the sender's fault: no address answers with a fault of the host's.</summary>
public sealed class OddRequestTests
{
    private static readonly string[] Jsons =
    [
        "", " ", "null", "0", "99", "\"\"", "[]", "{}", "[[]]", "{\"a\":", "\u0000", "{\"by\":null,\"reason\":null}", "{\"by\":5}",
        "{\"by\":{}}", "{\"by\":[]}",
        "{\"version\":\"1\",\"basis\":99}", "{\"version\":\"1\",\"basis\":-1}", "{\"version\":\"1\",\"basis\":null}",
        "{\"version\":\"1\",\"basis\":1e400}",
        "{\"version\":\"1\",\"givenAt\":\"0001-01-01T00:00:00+14:00\"}", "{\"version\":\"1\",\"givenAt\":\"9999-12-31T23:59:59-14:00\"}",
        "{\"version\":\"1\",\"givenAt\":\"0001-01-01T00:00:00Z\"}", "{\"version\":\"1\",\"givenAt\":5}",
        "{\"version\":\"1\",\"by\":\"\\ud800\"}", "{\"by\":\"\\u0000\"}",
        "{\"encodings\":1}", "{\"encodings\":null}", "{\"by\":\"a\",\"by\":\"b\"}", "{\"by\":\"\u202e\ufeff\"}",
        "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "{\"by\":\"\xff\"}",
    ];

    private static readonly string[] Queries =
    [
        "", "?", "?=", "?&&&", "?id=", "?id=%00", "?id=%ff", "?id=%", "?q=%00", "?q=%F0%9F", "?q="
            + "%25", "?page=-1", "?page=99999999999999999999", "?page=2147483647",
        "?date=0001-01-01", "?date=9999-12-31", "?date=2026-02-30", "?from=0001-01-01&to=0001-01-01", "?from=9999-12-31&to=9999-12-31",
        "?from=9999-12-01", "?to=0001-01-02",
        "?employeeId=%00", "?employeeId=1001&format=99", "?employeeId=1001&format=csv&bom=true",
        "?employeeId=1001&format=xlsx&from=9999-12-31", "?person=%00", "?from=9999-12-31T23:59:59-14:00",
        "?from=0001-01-01T00:00:00%2B14:00", "?until=0001-01-01T00:00:00Z", "?handler=%00", "?handler=Nothing", "?code=99999", "?code=x",
        "?state=%FF", "?id="
            + "é",
    ];

    private static readonly string[][] Headers =
    [
        [], ["Content-Type: "], [
            "Content-Type: application/json; charset=utf-7"
        ], ["Content-Type: application/json; charset=utf-16"], ["Content-Type: multipart/form-data"],
        [
            "Content-Type: multipart/form-data; boundary="
        ], ["Content-Type: multipart/form-data; boundary=\"a"], ["Content-Type: application/x-www-form-urlencoded; charset=none"],
        ["Accept: */;q=x"], [
            "Accept-Encoding: \x80"
        ], ["If-None-Match: \"", "If-Modified-Since: never"], ["Range: bytes=9999999999999999999-"], ["Idempotency-Key: \t"],
        [
            "Cookie: =;;a=\"; .AspNetCore.Antiforgery.x=y; .AspNetCore.Mvc.CookieTempDataProvider=CfDJ8AAAA"
        ], ["Content-Encoding: br"], ["Expect: 100-continue"], ["Origin: ://"], ["X-HTTP-Method-Override: DELETE"],
        ["X-Forwarded-For: 1.2.3.4"], ["RequestVerificationToken: CfDJ8"],
    ];

    [Fact]
    public async Task AnyEndpoint_OddBodiesQueriesAndHeaders_NeverAnswersWithAFaultOfTheHosts()
    {
        await using var host = new ServedHost();
        await host.Services.GetRequiredService<IPersonStore>().EnrollAsync(
            new Enrollment
            {
                EmployeeId = "1001", Name = "Ada", Templates = [], Consent = null, Note = new AuditNote { By = Actor.User("test") },
            });
        var sent = 0;
        foreach (var endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var path = "/" + string.Join(
                '/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
                {
                    RoutePatternLiteralPart literal => literal.Content,
                    RoutePatternParameterPart { Name: "employeeId" } => "1001",
                    _ => "00000000-0000-0000-0000-000000000001",
                }))));
            if (path.Contains('.', StringComparison.Ordinal))
            {
                continue; // Static files are the framework's.
            }

            foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET", "POST"])
            {
                if (method == "DELETE" && path.EndsWith("1001", StringComparison.Ordinal))
                {
                    continue; // Ada is needed for the others.
                }

                foreach (var query in Queries)
                {
                    await SendAsync(method, path + query, [], "");
                }

                foreach (var headers in Headers)
                {
                    await SendAsync(method, path, headers, "{}");
                }

                foreach (var json in method == "GET" ? [] : Jsons)
                {
                    await SendAsync(method, path, ["Content-Type: application/json"], json);
                    await SendAsync(method, path, ["Content-Type: application/x-www-form-urlencoded"], json);
                }
            }
        }

        sent.ShouldBeGreaterThan(1000);
        host.Log.ShouldAllBe(line => !line.Contains("failed unexpectedly", StringComparison.Ordinal));

        async Task SendAsync(string method, string target, string[] headers, string body)
        {
            sent++;
            using var connection = await host.ConnectAsync();
            var bytes = System.Text.Encoding.Latin1.GetBytes(body);
            await connection.BeginAsync(
                method,
                target,
                [.. headers, string.Create(CultureInfo.InvariantCulture, $"Content-Length: {bytes.Length}"), "Connection: close"]);
            await connection.WriteAsync(bytes);
            (await connection.ReadAsync()).Status.ShouldBeInRange(200, 499, $"{method} {target} {string.Join("; ", headers)} {body}");
        }
    }
}

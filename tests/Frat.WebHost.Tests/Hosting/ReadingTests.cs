using System.Security.Cryptography;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.WebHost.Tests.Hosting;

/// <summary>What is only fetched changes nothing: any page of the web can have it fetched.</summary>
public sealed class ReadingTests
{
    [Fact]
    public async Task GetAndHead_OfEveryEndpoint_LeaveTheDatabaseAsItWas()
    {
        await using var host = new ServedHost();
        using var client = host.CreateClient();
        (await client.RegisterAsync("1001", "Ada", Photos.People[0][0])).Status.ShouldBe(201);
        (await client.CheckInAsync(Photos.People[0][1]))["outcome"].ShouldBe("recognized");
        var template = (await client.FetchAsync("/api/v1/people/1001/templates")).Json![0]!["id"]!.ToString();
        var before = Contents(host.Database);
        var answered = 0;

        foreach (var endpoint in host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            var path = "/" + string.Join(
                '/', endpoint.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
                {
                    RoutePatternLiteralPart literal => literal.Content,
                    RoutePatternParameterPart { Name: "employeeId" } => "1001",
                    _ => template,
                }))));
            foreach (var query in (string[])[
                "",
                "?id=1001",
                "?id=1001&handler=Forget&by=x&reason=x&confirm=1001",
                "?id=1001&handler=Export&by=x&reason=x",
                "?employeeId=1001&format=xlsx&encodings=true&by=x&reason=x"
            ])
            {
                foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Head])
                {
                    using var request = new HttpRequestMessage(method, new Uri(path + query, UriKind.Relative));
                    using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
                    ((int)response.StatusCode).ShouldBeLessThan(500, $"{method} {path}{query}");
                    if (response.Content.Headers.ContentType?.MediaType != "text/event-stream") // Which goes on until it is hung up.
                    {
                        await response.Content.CopyToAsync(Stream.Null);
                    }

                    answered += response.IsSuccessStatusCode ? 1 : 0;
                }
            }
        }

        answered.ShouldBeGreaterThan(60);
        Contents(host.Database).ShouldBe(before);
    }

    // Anyone who sends somebody such a link could make them believe it.
    [Fact]
    public async Task Person_AddressThatSaysWhatWasDone_IsNotBelieved()
    {
        await using var host = new ServedHost();
        using var client = host.CreateClient();
        var people = host.Services.GetRequiredService<IPersonStore>();
        var ada = await people.EnrollAsync(
            new Enrollment
            {
                EmployeeId = "1001", Name = "Ada", Templates = [], Consent = null, Note = new AuditNote { By = Actor.User("test") },
            });
        await people.SetActiveAsync(ada.Person.Id, active: false, new AuditNote { By = Actor.User("test") });

        foreach (var query in (string[])[
            "done=forget", "id=1001&done=forget", "id=1001&done=revoke", "id=1001&done=deactivate", "id=1001&done=delete"
        ])
        {
            var page = (await client.FetchAsync($"/people/person?{query}")).Json!.ToString();

            page.ShouldContain("<h1>", Case.Sensitive, query);
            page.ShouldNotContain("banner good", Case.Sensitive, query);
            page.ShouldNotContain("is forgotten", Case.Sensitive, query);
        }
    }

    [Fact]
    public async Task Export_ByAnAddressAlone_GivesNothingAndLeavesNoTrace()
    {
        await using var host = new ServedHost();
        using var client = host.CreateClient();
        (await client.RegisterAsync("1001", "Ada", Photos.People[0][0])).Status.ShouldBe(201);
        var before = Contents(host.Database);

        using var connection = await host.ConnectAsync();
        await connection.BeginAsync(
            "GET", "/api/v1/people/1001/export?encodings=true&by=CEO&reason=forged", "Sec-Fetch-Site: cross-site", "Sec-Fetch-Dest: image");
        (await connection.ReadAsync()).Problem.ShouldBe((403, "crossSite"));
        (await client.FetchAsync("/api/v1/people/1001/export?encodings=true&by=CEO&reason=forged")).Status.ShouldBe(405);
        (await client.SendAsync(
            "/people/person?id=1001&handler=Export", new FormUrlEncodedContent([new("by", "CEO"), new("reason", "forged")])))
            .Status.ShouldBe(400, "without the page's token");

        Contents(host.Database).ShouldBe(before);
    }

    // All rows of all tables, but the one by which the store tries whether it can write.
    private static string Contents(string database)
    {
        using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var table in Query("SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'heartbeats' ORDER BY name").Select(
            row => row[0]))
        {
            foreach (var row in Query($"SELECT * FROM \"{table}\""))
            {
                hash.AppendData(System.Text.Encoding.UTF8.GetBytes(table + "\0" + string.Join('\0', row) + "\n"));
            }
        }

        return Convert.ToHexString(hash.GetHashAndReset());

        List<string[]> Query(string sql)
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            using var reader = command.ExecuteReader();
            var rows = new List<string[]>();
            while (reader.Read())
            {
                rows.Add([.. Enumerable.Range(0, reader.FieldCount)
                    .Select(i => reader.GetValue(i) is byte[] bytes ? Convert.ToHexString(bytes) : $"{reader.GetValue(i)}")]);
            }

            return rows;
        }
    }
}

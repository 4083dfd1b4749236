using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Frat.AspNetCore.Tests.Applications;

/// <summary>FRAT's endpoints work in any application, and change nothing of it.</summary>
[Collection(SharedApplication.Name)]
public sealed class OtherApplicationTests(OtherApplication application)
{
    [Fact]
    public async Task Own_BesideFrat_AnswersByTheApplicationsOwnRules()
    {
        using var client = application.CreateClient();

        (await client.GetStringAsync("/own")).ShouldBe("""{"the_answer":42,"the_day":1}""");
        (await client.GetStringAsync("/own/link")).ShouldBe("/own", "no endpoint name of FRAT's is there twice");
        using var failure = await client.GetAsync("/own/failure");
        (await failure.Content.ReadAsStringAsync()).ShouldBe(OtherApplication.OwnFailure);
    }

    [Theory]
    [InlineData("/acme/frat", "/acme/frat")]
    [InlineData("/again", "/again")]
    [InlineData("/base/acme/frat", "/base/acme/frat")]
    public async Task Frat_UnderAPrefixAndAPathBase_AnswersInItsOwnJsonAndSaysWhereThingsAre(string prefix, string location)
    {
        using var client = application.CreateClient();

        var people = await client.GetFromJsonAsync<JsonArray>($"{prefix}/people");
        using var consent = await client.PostAsJsonAsync($"{prefix}/people/7/consents", new { version = "1", basis = "attested" });

        people!.ShouldContain(person => person!["employeeId"]!.ToString() == "7");
        consent.Headers.Location!.ToString().ShouldBe($"{location}/people/7/consents");
        var recorded = await consent.Content.ReadFromJsonAsync<JsonObject>();
        recorded!["basis"]!.ToString().ShouldBe("attested");
        recorded["recordedBy"]!["id"]!.ToString().ShouldBe("web");
    }

    [Theory]
    [InlineData("GET", "/again/people/8", "", 404, "personNotFound")]
    [InlineData("POST", "/again/people/7/revoke", "{\"by\":", 400, "badRequest")]
    [InlineData("POST", "/again/people/7/revoke", "{\"by\":\"a\",\"by\":\"b\"}", 400, "badRequest")]
    [InlineData("DELETE", "/again/people/7/templates/none", "", 400, "badRequest")]
    [InlineData("POST", "/again/people/7/revoke", "{\"by\":\"ceo\"}", 400, "invalidFields")]
    [InlineData("GET", "/again/attendance?from=x", "", 400, "invalidFields")]
    [InlineData("GET", "/again/attendance?from=2026-11-01&from=2026-11-02", "", 400, "unclearAddress")]
    [InlineData("GET", "/again/people/unavailable", "", 503, "storeUnavailable")]
    [InlineData("POST", "/kiosk/check-ins", "{}", 415, "unsupportedMediaType")]
    public async Task Frat_SomethingIsWrong_IsAProblemOfItsOwnWithoutSecrets(
        string method, string path, string json, int status, string code)
    {
        using var client = application.CreateClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = json.Length > 0 ? new StringContent(json, Encoding.UTF8, "application/json") : null,
        };

        using var response = await client.SendAsync(request);

        var body = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBe(status, body);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        JsonNode.Parse(body)!["code"]!.ToString().ShouldBe(code);
        body.ShouldNotContain("secret");
    }

    [Fact]
    public async Task Frat_FaultThatNobodyForesaw_IsLeftToTheApplication()
    {
        using var client = application.CreateClient();

        using var response = await client.GetAsync("/again/people/unforeseen");

        ((int)response.StatusCode).ShouldBe(500);
        (await response.Content.ReadAsStringAsync()).ShouldBe(OtherApplication.OwnFailure);
    }

    [Fact]
    public async Task Body_LongerThanAnEndpointTakes_IsRefused()
    {
        using var client = application.CreateClient();

        using var response = await client.PostAsJsonAsync("/again/people/7/revoke", new { reason = new string('x', 70_000) });

        ((int)response.StatusCode).ShouldBe(413);
        (await response.Content.ReadFromJsonAsync<JsonObject>())!["code"]!.ToString().ShouldBe("requestTooLarge");
    }

    [Fact]
    public async Task Health_OfTheApplication_HasFrat()
    {
        using var client = application.CreateClient();

        (await client.GetStringAsync("/health")).ShouldBe("Healthy");
    }

    // What a document says and what the wire has are to be one thing, whatever the application's naming is.
    [Fact]
    public async Task Document_ApplicationWithOtherNaming_HasTheNamesOfTheWire()
    {
        using var client = application.CreateClient();

        var document = await client.GetFromJsonAsync<JsonObject>("/openapi/v1.json");

        var schemas = document!["components"]!["schemas"]!;
        schemas["PersonAnswer"]!["properties"]!.AsObject().Select(property => property.Key).ShouldBe(
            ["employeeId", "name", "enrolledAt", "isActive", "firstDay", "lastDay", "alike"], ignoreOrder: true);
        schemas["PersonAnswer"]!["required"]!.AsArray().Select(name => name!.ToString()).ShouldContain("employeeId");
        schemas["AttendanceStatus"]!["enum"]!.AsArray().Select(name => name!.ToString()).ShouldContain("halfDay");
        schemas.ToJsonString().ShouldContain("\"the_answer\"");
        document["paths"]!["/again/people"]!["get"]!["operationId"]!.ToString().ShouldBe("listPeople");
    }

    [Fact]
    public void AddFratEndpoints_OptionsOfTheApplication_AreAsTheyWere()
    {
        var plain = new ServiceCollection().AddOptions().BuildServiceProvider();

        Limits(application.Services).ShouldBe(Limits(plain));
        application.Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions.Converters.ShouldBeEmpty();

        static string Limits(IServiceProvider services)
        {
            var (kestrel, forms) = (
                services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits,
                services.GetRequiredService<IOptions<FormOptions>>().Value);
            return string.Join(
                ' ',
                kestrel.MaxRequestBodySize,
                kestrel.MaxRequestBufferSize,
                kestrel.MinRequestBodyDataRate,
                kestrel.Http2.MaxStreamsPerConnection,
                JsonSerializer.Serialize(forms));
        }
    }

    [Fact]
    public void MapFrat_AServiceIsMissing_SaysWhichCallBringsIt()
    {
        using var empty = WebApplication.CreateBuilder().Build();
        Should.Throw<InvalidOperationException>(() => empty.MapFrat()).Message.ShouldContain("services.AddFrat()");

        var builder = WebApplication.CreateBuilder();
        builder.Services.AddFrat();
        using var half = builder.Build();
        Should.Throw<InvalidOperationException>(() => half.MapFrat()).Message.ShouldContain("services.AddFratEndpoints()");
    }
}

namespace Frat.WebHost.Tests.Hosting;

[Collection(SharedHost.Name)]
public sealed class AccessTests(TestHost host)
{
    [Theory]
    [InlineData("evil.example")]
    [InlineData("evil.example:5000")]
    [InlineData("localhost.evil.example")]
    [InlineData("192.168.1.7")]
    [InlineData("127.0.0.1.nip.io")]
    public async Task AnyCall_HostIsAnotherName_IsRefused(string name)
    {
        (await SendAsync(HttpMethod.Get, "/api/v1/people", name)).Problem.ShouldBe((400, "hostNotAllowed"));
        (await SendAsync(HttpMethod.Post, "/attendance", name)).Original.Code.ShouldBe(400);
        (await SendAsync(HttpMethod.Get, "/", name)).Status.ShouldBe(400);
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("LOCALHOST:5000")]
    [InlineData("127.0.0.1:5000")]
    [InlineData("[::1]:5000")]
    public async Task AnyCall_HostIsThisMachine_IsAnswered(string name) =>
        (await SendAsync(HttpMethod.Get, "/api/v1/people", name)).Status.ShouldBe(200);

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "http://localhost:1234")]
    [InlineData("Origin", "null")]
    public async Task Post_FromAnotherSite_IsRefused(string header, string value)
    {
        (await SendAsync(HttpMethod.Post, "/api/v1/people", "localhost", (header, value))).Problem.ShouldBe((403, "crossSite"));
        (await SendAsync(HttpMethod.Post, "/register", "localhost", (header, value))).Original
            .ShouldBe((403, "failed", "Requests from the pages of another site are refused."));
        (await SendAsync(HttpMethod.Post, "/attendance", "localhost", (header, value))).Original.Code.ShouldBe(403);
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "same-origin")]
    [InlineData("Sec-Fetch-Site", "none")]
    [InlineData("Origin", "http://localhost")]
    [InlineData("Origin", "http://localhost:80")]
    [InlineData("User-Agent", "a script")]
    public async Task Post_FromOwnPageOrScript_IsTaken(string header, string value) =>
        (await SendAsync(HttpMethod.Post, "/attendance", "localhost", (header, value))).Original
            .ShouldBe((400, "failed", "No image part in the request"));

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    [InlineData("Sec-Fetch-Site", "same-site")]
    [InlineData("Sec-Fetch-Site", "Same-Origin")]
    [InlineData("Origin", "http://evil.example")]
    [InlineData("Origin", "null")]
    public async Task Get_OfTheApiFromAnotherSite_IsRefused(string header, string value)
    {
        foreach (var path in (string[])[
            "/api/v1/people", "/api/v1/people/1", "/api/v1/audit", "/api/v1/reports/day?format=xlsx", "/openapi/v1.json", "/health/ready"
        ])
        {
            (await SendAsync(HttpMethod.Get, path, "localhost", (header, value))).Problem.ShouldBe((403, "crossSite"));
            (await SendAsync(HttpMethod.Head, path, "localhost", (header, value))).Status.ShouldBe(403);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/people")]
    [InlineData("/records")]
    public async Task Get_OfAPageByALinkOnAnotherSite_IsAnswered(string path) =>
        (await SendAsync(
            HttpMethod.Get, path, "localhost", ("Sec-Fetch-Site", "cross-site"), ("Sec-Fetch-Mode", "navigate"))).Status.ShouldBe(200);

    [Fact]
    public async Task Get_OfTheApiFromOwnPageOrScript_IsAnswered()
    {
        (await SendAsync(HttpMethod.Get, "/api/v1/people", "localhost", ("Sec-Fetch-Site", "same-origin"))).Status.ShouldBe(200);
        (await SendAsync(HttpMethod.Get, "/api/v1/people", "localhost", ("Sec-Fetch-Site", "none"))).Status.ShouldBe(200);
        (await SendAsync(HttpMethod.Get, "/api/v1/people", "localhost")).Status.ShouldBe(200);
    }

    [Theory]
    [InlineData("/api/v1/people")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/register")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/health/live")]
    [InlineData("/nothing")]
    public async Task AnyAnswer_CarriesTheSecurityHeaders(string path)
    {
        using var client = host.CreateClient();

        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));

        Header("Content-Security-Policy").ShouldBe(
            "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; object-src 'none'; base-uri 'none'; frame-ancestors "
                + "'none'; form-action 'self'");
        Header("X-Content-Type-Options").ShouldBe("nosniff");
        Header("Referrer-Policy").ShouldBe("same-origin");
        Header("Permissions-Policy").ShouldBe("camera=(self), microphone=(), geolocation=()");
        Header("Cross-Origin-Opener-Policy").ShouldBe("same-origin");
        Header("Cross-Origin-Resource-Policy").ShouldBe("same-origin");
        Header("Cache-Control").ShouldContain("no-store");
        response.Headers.Contains("Server").ShouldBeFalse();

        string Header(string name) => string.Join(", ", response.Headers.GetValues(name));
    }

    private async Task<Answer> SendAsync(HttpMethod method, string path, string hostName, params (string Name, string Value)[] headers)
    {
        using var client = host.CreateClient();
        using var request = new HttpRequestMessage(method, path);
        request.Headers.Host = hostName;
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var response = await client.SendAsync(request);
        return await Answer.ReadAsync(response);
    }
}

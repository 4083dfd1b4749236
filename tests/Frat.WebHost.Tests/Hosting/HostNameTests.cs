namespace Frat.WebHost.Tests.Hosting;

/// <summary>
/// A page of a stranger's that makes its own name point to this host (DNS rebinding) gets nothing of it, however open the host is.
/// </summary>
public sealed class HostNameTests
{
    [Theory]
    [InlineData("Frat:Hosts", "")]
    [InlineData("Frat:Hosts", "frat.example, *.office.example")]
    [InlineData("AllowedHosts", "frat.example;*.office.example;localhost;127.0.0.1")]
    public async Task AnyCall_OpenHostAndAStrangersName_IsRefused(string key, string names)
    {
        await using var host = new ServedHost(("Frat:Access", "Open"), (key, names));
        var port = host.Address.Port;
        foreach (var name in (string[])[
            "evil.example",
            $"evil.example:{port}",
            "frat.example.evil.example",
            "evilfrat.example",
            "office.example",
            "127.0.0.2.nip.io",
            "192.0.2.7",
            "*"
        ])
        {
            (await GetAsync(host, name)).ShouldBe(400, name);
            (await GetAsync(host, name, $"Origin: http://{name}", "Sec-Fetch-Site: same-origin")).ShouldBe(400, name);
        }

        foreach (var name in (string[])[$"localhost:{port}", $"127.0.0.1:{port}"])
        {
            (await GetAsync(host, name)).ShouldBe(200, name);
        }

        foreach (var name in (string[])["frat.example", $"FRAT.example:{port}", "a.office.example"])
        {
            (await GetAsync(host, name)).ShouldBe(names.Length > 0 ? 200 : 400, name);
        }
    }

    [Fact]
    public async Task AnyCall_EveryNameIsAllowed_IsAnsweredAndTheLogWarns()
    {
        await using var host = new ServedHost(("Frat:Access", "Open"), ("Frat:Hosts", "*"));

        (await GetAsync(host, "attendance.example")).ShouldBe(200);

        host.Log.ShouldContain(line => line.Contains("DNS rebinding", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnyCall_NameIsAllowedBehindAProxyOnThisMachine_IsAnswered()
    {
        await using var host = new ServedHost(("Frat:Hosts", "frat.example"));

        (await GetAsync(host, "frat.example")).ShouldBe(200);
        (await GetAsync(host, "evil.example")).ShouldBe(400);
    }

    private static async Task<int> GetAsync(ServedHost host, string name, params string[] headers)
    {
        using var connection = await host.ConnectAsync();
        await connection.WriteAsync(
            $"GET /api/v1/consent HTTP/1.1\r\nHost: {name}\r\n{string.Concat(headers.Select(header => header + "\r\n"))}\r\n");
        return (await connection.ReadAsync()).Status;
    }
}

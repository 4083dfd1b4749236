using Microsoft.Extensions.DependencyInjection;

namespace Frat.WebHost.Tests.Hosting;

/// <summary>Whom a proxy, the routing or a log reads from an address is whom the host acts on; or it acts on nobody.</summary>
public sealed class AddressTests(AddressTests.Inhabited inhabited) : IClassFixture<AddressTests.Inhabited>
{
    private static readonly string[] Ids = [
        "1001", "1002", "1003", "a/b", "a%2Fb", "50%", "..a", "a..b", "员工-7", "a b+c?d#e&f;g", "%2e%2e"
    ];

    [Theory]
    [InlineData("/api/v1/people/1001/../1003")]
    [InlineData("/api/v1/people/1001/%2e%2e/1003")]
    [InlineData("/api/v1/people/1001/%2E./1003")]
    [InlineData("/api/v1/people/1001/.%2e/1003")]
    [InlineData("/api/v1/people/1001/./")]
    [InlineData("/api/v1/people/./1001")]
    [InlineData("/api/v1/people/1001%2F..%2F1003")]
    [InlineData("/api/v1/people/1001%2f%2e%2e%2f1003")]
    [InlineData("/api/v1/people/1001%252F..%252F1003")]
    [InlineData("/api/v1/people/1001/%252e%252e/1003")]
    [InlineData("/api/v1/people/1001%5c..%5c1003")]
    [InlineData("/api/v1/people/1001\\..\\1003")]
    [InlineData("/api/v1/people/1001\\1003")]
    [InlineData("/api/v1/people//1001")]
    [InlineData("//api/v1/people/1001")]
    [InlineData("/api/v1//people/1001")]
    [InlineData("/x/api/v1/people/1001/../../../../../api/v1/people/1003")]
    [InlineData("/api/v1/people/1003/../1001/../1003")]
    [InlineData("/api/v1/people/1001%00")]
    [InlineData("/api/v1/people/1001%2500")]
    [InlineData("/api/v1/people/1001%")]
    [InlineData("/api/v1/people/1001%zz")]
    [InlineData("/api/v1/people/1001#/1003")]
    [InlineData("http://HOST/api/v1/people/1001/../1003")]
    [InlineData("http://HOST/api/v1/people/1001/%2e%2e/1003")]
    [InlineData("http://HOST/api/v1/people/1001%2Ftemplates")]
    [InlineData("http://evil.example/api/v1/people/1001")]
    [InlineData("/api/v1/people/1001?by=a&by=b")]
    [InlineData("/people/person?id=1001&id=1003")]
    [InlineData("/api/v1/attendance?employeeId=1001&employeeId=1003")]
    [InlineData("/api/v1/attendance?employeeId=1001&EmployeeId=1003")]
    public async Task AnyMethod_AddressThatCanBeReadInTwoWays_IsRefusedAndActsOnNobody(string target)
    {
        var host = inhabited.Host;
        foreach (var (method, rest) in ((string, string)[])[
            ("GET", ""), ("DELETE", ""), ("POST", "/deactivate"), ("POST", "/export"), ("GET", "/templates"), ("HEAD", "")
        ])
        {
            using var connection = await host.ConnectAsync();
            await connection.BeginAsync(method, target.Replace("HOST", connection.Host, StringComparison.Ordinal)
                + (target.Contains('?', StringComparison.Ordinal) ? "" : rest));

            (await connection.ReadAsync()).Status.ShouldBe(400, $"{method} {target}{rest}");
        }

        foreach (var id in Ids)
        {
            (await inhabited.People.FindAsync(id)).ShouldNotBeNull(id).IsActive.ShouldBeTrue(id);
        }
    }

    [Fact]
    public async Task AnyMethod_IdsOfManyKinds_ActOnThatPersonAlone()
    {
        await using var own = new Inhabited();
        await own.InitializeAsync();
        var (host, people) = (own.Host, own.People);
        using var client = host.CreateClient();
        foreach (var id in Ids.Where(id => id != "%2e%2e"))
        {
            var address = "/api/v1/people/" + Uri.EscapeDataString(id);
            foreach (var same in (string[])[address, address + "/", .. id == "a/b"
                ? []
                : (string[])[$"http://HOST{address}"], "/API/v1/People" + address["/api/v1/people".Length..]])
            {
                using var connection = await host.ConnectAsync();
                await connection.BeginAsync("GET", same.Replace("HOST", connection.Host, StringComparison.Ordinal));
                (await connection.ReadAsync())["employeeId"].ShouldBe(id, same);
            }

            (await client.ChangeAsync(address + "/deactivate"))["employeeId"].ShouldBe(id);
            (await client.FetchAsync(address + "/templates")).Status.ShouldBe(200);
            (await client.FetchAsync("/people/person?id=" + Uri.EscapeDataString(id))).Status.ShouldBe(200);
            (await client.RemoveAsync(address)).Status.ShouldBe(204);
            (await people.FindAsync(id)).ShouldBeNull();
            (await people.ReadAsync().CountAsync(person => person.IsActive)).ShouldBe(Ids.Length - Array.IndexOf(Ids, id) - 1);
        }

        (await client.FetchAsync("/people/person?id=" + Uri.EscapeDataString("%2e%2e"))).Status.ShouldBe(
            200, "whom no address can hold, the page still shows");
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/../b")]
    [InlineData("a//b")]
    [InlineData("/a")]
    [InlineData("%2e%2e")]
    public async Task Register_IdThatNoAddressCanHold_IsRefusedAtTheField(string id)
    {
        using var client = inhabited.Host.CreateClient();

        var answer = await client.RegisterAsync(id, "Ada", Photos.NoFace);

        answer.Problem.ShouldBe((400, "invalidFields"));
        answer.Json!["errors"]!["employeeId"].ShouldNotBeNull();
        (await client.OriginalRegisterAsync(id, "Ada", Photos.NoFace)).Status.ShouldBe(400);
    }

    /// <summary>A host with people of many IDs.</summary>
    public sealed class Inhabited : IAsyncLifetime, IAsyncDisposable
    {
        public ServedHost Host { get; } = new();

        internal IPersonStore People => Host.Services.GetRequiredService<IPersonStore>();

        public async Task InitializeAsync()
        {
            foreach (var id in Ids)
            {
                await People.EnrollAsync(
                    new Enrollment { EmployeeId = id, Name = "Somebody", Templates = [], Consent = null, Note = new AuditNote
                    {
                        By = Actor.User("test"),
                    } });
            }
        }

        public ValueTask DisposeAsync() => Host.DisposeAsync();

        Task IAsyncLifetime.DisposeAsync() => Host.DisposeAsync().AsTask();
    }
}

using System.Net.Http.Headers;
using System.Text;
using Frat.WebHost.Tests.Devices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.WebHost.Tests.Accounts;

/// <summary>
/// Every page and call, from the host's own list of endpoints: who reaches it is in <see cref="Decided"/>, and nothing is missing there.
/// </summary>
[Collection(SharedSignInHost.Name)]
public sealed class EveryEndpointTests(SignInHost host)
{
    private const string Anybody = "*";

    private static readonly string[] Employee = ["employee", "manager", "administrator"];
    private static readonly string[] Manager = ["manager", "administrator"];
    private static readonly string[] Administrator = ["administrator"];
    private static readonly string[] Device = ["device"];
    private static readonly string[] Nobody = [];

    /// <summary>Who reaches what is protected by a policy.</summary>
    private static readonly Dictionary<string, string[]> Decided = new()
    {
        [FratPolicies.CheckIn] = Manager,
        [FratPolicies.PunchByPin] = Nobody,
        [FratPolicies.ReadPeople] = Manager,
        [FratPolicies.ManagePeople] = Manager,
        [FratPolicies.ReadAttendance] = Manager,
        [FratPolicies.CorrectAttendance] = Manager,
        [FratPolicies.ManageSchedules] = Manager,
        [FratPolicies.ReadAudit] = Administrator,
        [Permissions.OwnAccount] = Employee,
        [Permissions.ManageAccounts] = Administrator,
        [Permissions.ManageDevices] = Administrator,
        [Permissions.Kiosk] = Device,
    };

    /// <summary>What is open to everybody, and why it may be.</summary>
    private static readonly HashSet<string> Open =
    [
        "error", "sign-in", "sign-in/second", "password", "welcome", "denied", // To sign in, or to be told why not.
        "kiosk/pair", // A tablet isn't anybody yet: it brings a code.
        "health/live", "health/ready", // A word, for load balancers.
    ];

    public static TheoryData<string> Callers => ["nobody", "employee", "manager", "administrator", "checkInKey", "expiredKey", "device"];

    [Fact]
    public void EveryEndpoint_IsDecidedAbout()
    {
        foreach (var endpoint in Endpoints())
        {
            var pattern = endpoint.RoutePattern.RawText!.TrimStart('/');
            var policies = PoliciesOf(endpoint);
            if (endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null)
            {
                Open.ShouldContain(pattern, "it is open to everybody");
            }
            else
            {
                policies.ShouldNotBeEmpty($"nobody decided who reaches {pattern}");
                policies.ShouldBeSubsetOf(Decided.Keys, pattern);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Callers))]
    public async Task EveryEndpoint_IsReachedByThoseOfItsPolicyAlone(string caller)
    {
        using var client = await ComeAsync(caller);
        var wrong = new List<string>();
        foreach (var endpoint in Endpoints())
        {
            foreach (var method in MethodsOf(endpoint))
            {
                var path = PathOf(endpoint);
                var status = await CallAsync(client, method, path);
                var mayReach = MayReach(caller, endpoint);
                var isRefused = status is 401 or 403 or 302;
                // Signing out and in answer with a redirect to whoever may do so.
                if (status >= 500 || (mayReach ? status is 401 or 403 : !isRefused))
                {
                    wrong.Add($"{caller} {method} {path}: {status}, {(mayReach ? "may" : "may not")}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task WhatIsNoCall_OrNotByThisMethod_IsToldToProgramsAndNotSentToAPage()
    {
        await host.SetUpAsync();
        using var client = host.Visit();

        (await client.FetchAsync("/api/v1/nothing")).Problem.Status.ShouldBe(401);
        (await client.SendAsync("/api/v1/audit", null)).Problem.Status.ShouldBe(401);
        using var employee = await ComeAsync("employee");
        (await employee.SendAsync("/api/v1/audit", null)).Problem.Status.ShouldBe(403);
    }

    [Fact]
    public async Task EveryCallThatChanges_FromAPageOfAnotherSite_IsRefusedForTheAdministratorToo()
    {
        using var client = await ComeAsync("administrator");
        client.DefaultRequestHeaders.Add("Origin", "http://evil.example");
        foreach (var endpoint in Endpoints())
        {
            foreach (var method in MethodsOf(endpoint).Where(method => method is not ("GET" or "HEAD")))
            {
                (await CallAsync(client, method, PathOf(endpoint))).ShouldBe(403, $"{method} {PathOf(endpoint)}");
            }
        }
    }

    private async Task<HttpClient> ComeAsync(string caller)
    {
        await host.SetUpAsync();
        switch (caller)
        {
            case "nobody":
                return host.Visit();
            case "checkInKey":
                return host.WithKey(await host.CreateKeyAsync(1, FratPolicies.CheckIn));
            case "expiredKey":
                return host.WithKey(await host.CreateKeyAsync(0, [.. Permissions.Scopes.Select(scope => scope.Policy)]));
            case "device":
                var tablet = host.Visit();
                await DeviceTests.PairAsync(host, tablet, "walking");
                return tablet;
            default:
                await host.AddAsync("walking " + caller, Enum.Parse<AccountRole>(caller, ignoreCase: true));
                return await host.SignInAsync("walking " + caller);
        }
    }

    private static bool MayReach(string caller, RouteEndpoint endpoint)
    {
        var policies = PoliciesOf(endpoint);
        return policies.Count == 0 || policies.All(policy => caller == "checkInKey"
            ? policy == FratPolicies.CheckIn
            : Decided[policy].Contains(caller));
    }

    private IEnumerable<RouteEndpoint> Endpoints() =>
        host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null);

    private static IReadOnlyList<string> PoliciesOf(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
        ? [.. endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(data => data.Policy ?? Anybody)]
        : [];

    private static IReadOnlyList<string> MethodsOf(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods
            : endpoint.Metadata.GetMetadata<PageActionDescriptor>() is null ? ["GET"] : ["GET", "POST"];

    private static string PathOf(RouteEndpoint endpoint)
    {
        var path = new StringBuilder();
        foreach (var segment in endpoint.RoutePattern.PathSegments)
        {
            path.Append('/');
            foreach (var part in segment.Parts)
            {
                path.Append(part switch
                {
                    RoutePatternLiteralPart literal => literal.Content,
                    RoutePatternSeparatorPart separator => separator.Content,
                    RoutePatternParameterPart { Name: "documentName" } => "v1",
                    RoutePatternParameterPart { ParameterPolicies.Count: > 0 } => Guid.Empty.ToString(),
                    _ => "1",
                });
            }
        }

        return path.Length == 0 ? "/" : path.ToString();
    }

    private static async Task<int> CallAsync(HttpClient client, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is not ("GET" or "HEAD"))
        {
            request.Content = new StringContent("{}", MediaTypeHeaderValue.Parse("application/json"));
        }

        // The stream of events has no end: its head is enough.
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return (int)answer.StatusCode;
    }
}

using Microsoft.Extensions.DependencyInjection;

namespace Frat.WebHost.Tests.Accounts;

/// <summary>Programs, which come with a key.</summary>
[Collection(SharedSignInHost.Name)]
public sealed class ApiKeyTests(SignInHost host)
{
    [Fact]
    public async Task Key_MayWhatItsScopesSayUntilItIsRevoked()
    {
        await host.SetUpAsync();
        var text = await host.CreateKeyAsync(2, FratPolicies.ReadPeople);
        using var client = host.WithKey(text);

        (await SignInHost.StatusOfAsync(client, "/api/v1/people")).ShouldBe(200);
        (await SignInHost.StatusOfAsync(client, "/api/v1/audit")).ShouldBe(403);
        (await SignInHost.StatusOfAsync(client, "/accounts")).ShouldBe(403, "keys are for the API");
        using (var other = host.WithKey(text[..^1] + (text[^1] == 'A' ? 'B' : 'A')))
        {
            (await SignInHost.StatusOfAsync(other, "/api/v1/people")).ShouldBe(401);
        }

        using (var scope = host.Services.CreateScope())
        {
            await scope.ServiceProvider.GetRequiredService<AccountAdministration>()
                .RevokeKeyAsync(Actor.User("test"), ApiKey.Parse(text)!.Value.Id, CancellationToken.None);
        }

        (await SignInHost.StatusOfAsync(client, "/api/v1/people")).ShouldBe(401);
    }
}

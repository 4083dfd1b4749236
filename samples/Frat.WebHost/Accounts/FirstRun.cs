using Microsoft.EntityFrameworkCore;

namespace Frat.WebHost;

/// <summary>Whether the host has an administrator. Until it has, nothing but the way to create one is reachable.</summary>
/// <remarks>Thread-safe. That there is one is remembered: it stays so.</remarks>
internal sealed class FirstRun(IServiceScopeFactory scopes)
{
    private volatile bool _isDone;

    public async ValueTask<bool> IsDoneAsync(CancellationToken cancellationToken)
    {
        if (!_isDone)
        {
            await using var scope = scopes.CreateAsyncScope();
            var accounts = scope.ServiceProvider.GetRequiredService<HostContext>();
            _isDone = await accounts.Users.AnyAsync(account => account.Role == AccountRole.Administrator, cancellationToken);
        }

        return _isDone;
    }
}

using Frat.Storage.EfCore;

namespace Frat.WebHost;

/// <summary>Gives the context to what serves the whole process. The database failing is a <see cref="StoreException"/>.</summary>
/// <remarks>Thread-safe; one instance serves the process.</remarks>
internal sealed class HostDatabase(IServiceScopeFactory scopes, IFratDatabase store)
{
    /// <summary>Does work on a context of its own.</summary>
    /// <param name="operation">What it is called in the exception.</param>
    /// <param name="work">The work.</param>
    public async Task<T> RunAsync<T>(string operation, Func<HostContext, Task<T>> work)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await work(scope.ServiceProvider.GetRequiredService<HostContext>());
        }
        catch (Exception exception) when (store.Translate(operation, exception) is { } translated)
        {
            throw translated;
        }
    }
}

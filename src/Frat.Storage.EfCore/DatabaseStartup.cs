using Microsoft.Extensions.Hosting;

namespace Frat.Storage.EfCore;

/// <summary>
/// Makes the database and the keys of the templates ready before any other hosted service starts, and ends the start of the host with
/// a clear error where it can't.
/// </summary>
internal sealed class DatabaseStartup(
    FratDatabase database, DatabaseProvider provider, IEnumerable<SharedContext> shared, TemplateProtection protection, Eraser eraser)
    : IHostedLifecycleService
{
    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        await database.PrepareAsync(cancellationToken).ConfigureAwait(false);
        foreach (var context in shared)
        {
            await provider.PrepareAsync(context.Create, provider.Migrate, cancellationToken).ConfigureAwait(false);
        }

        await protection.PrepareAsync(cancellationToken).ConfigureAwait(false);

        // A process that was killed between a deletion and its erasure left it undone.
        await eraser.EraseAsync().ConfigureAwait(false);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

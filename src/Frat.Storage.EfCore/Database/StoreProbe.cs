using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <summary>Tries a relational database: reads, writes and the keys.</summary>
internal sealed class StoreProbe(FratDatabase database, DatabaseProvider provider, TemplateVault vault, TimeProvider time)
    : IStoreProbe, IDisposable
{
    /// <summary>For this long, the last answer is given again.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private const string Operation = "Probe";

    /// <summary>About what a check-in writes: a disk that has room for less is full.</summary>
    private const int BallastSize = 16 * 1024;

    /// <summary>A call waits longer for a database that is away; a health check wants to know.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _one = new(1);
    private (long Timestamp, StoreCondition Condition)? _last;

    public async Task<StoreCondition> ProbeAsync(CancellationToken cancellationToken = default)
    {
        await _one.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_last is { } last && time.GetElapsedTime(last.Timestamp) < Interval)
            {
                return last.Condition;
            }

            var problem = await FindProblemAsync(cancellationToken).ConfigureAwait(false);
            var condition = new StoreCondition { At = time.GetUtcNow(), Problem = problem };
            _last = (time.GetTimestamp(), condition);
            return condition;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private async Task<string?> FindProblemAsync(CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (!provider.IsReadOnly)
            {
                await database.WriteAsync(Operation, WriteAsync, either.Token).ConfigureAwait(false);
            }

            return await database.ReadAsync(Operation, FindKeyProblemAsync, either.Token).ConfigureAwait(false);
        }
        catch (StoreException exception)
        {
            return exception.Message;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return $"The database did not answer within {Patience.TotalSeconds} s.";
        }
    }

    private async Task<bool> WriteAsync(FratDbContext context, CancellationToken cancellationToken)
    {
        var (now, ballast) = (time.GetUtcNow().ToMicrosecond(), RandomNumberGenerator.GetBytes(BallastSize));
        var updated = await context.Heartbeats.Where(row => row.Id == HeartbeatRow.OnlyId)
            .ExecuteUpdateAsync(
                set => set.SetProperty(row => row.At, now).SetProperty(row => row.Ballast, ballast),
                cancellationToken).ConfigureAwait(false);
        if (updated == 0)
        {
            context.Heartbeats.Add(new HeartbeatRow { Id = HeartbeatRow.OnlyId, At = now, Ballast = ballast });
        }

        return true;
    }

    /// <summary>
    /// With some keys gone, some people aren't recognised, which is told elsewhere; without all of them there is nothing to check in with.
    /// </summary>
    private async Task<string?> FindKeyProblemAsync(FratDbContext context, CancellationToken cancellationToken)
    {
        var ring = await vault.GetKeysAsync(context, cancellationToken).ConfigureAwait(false);
        var used = await context.Templates.Where(row => row.KeyId != TemplateRow.InClear).Select(row => row.KeyId).Distinct()
            .ToListAsync(cancellationToken).ConfigureAwait(false);
        return used.Count > 0 && used.TrueForAll(key => ring.Find(key) is null)
            ? $"The templates are encrypted with the key {string.Join(", ", used)}, which is not in the key ring: nobody is recognised. "
                + "Give FRAT the keys that belong to this database."
            : null;
    }
}

using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Frat.AspNetCore.Tests.Events;

/// <summary>The log as it is; a test counts how often it is asked, and holds back what another transaction has not committed yet.</summary>
internal sealed class WatchedLog(IAttendanceLog inner) : DelegatingAttendanceLog(inner)
{
    private int _reads;

    /// <summary>How often somebody asked for changes.</summary>
    public int Reads => Volatile.Read(ref _reads);

    /// <summary>Punches that are stored, and can't be seen.</summary>
    public ConcurrentDictionary<Guid, bool> Hidden { get; } = [];

    /// <summary>Whether the database is away.</summary>
    public volatile bool Fails;

    /// <summary>Completes when the last who asked has given up.</summary>
    public Task GivenUp { get; private set; } = Task.CompletedTask;

    public override async IAsyncEnumerable<AttendanceChange> ReadChangesAsync(
        DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _reads);
        var givenUp = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cancellationToken.Register(givenUp.SetResult);
        GivenUp = givenUp.Task;
        if (Fails)
        {
            throw new StoreException("ReadChanges", isTransient: true, "The database is away.");
        }

        await foreach (var change in Inner.ReadChangesAsync(since, cancellationToken))
        {
            if (!Hidden.ContainsKey(change.Id))
            {
                yield return change;
            }
        }
    }
}

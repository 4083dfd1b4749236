using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Frat.WebHost;

/// <summary>
/// Verifies, sets and removes PINs. The database failing is a <see cref="StoreException"/>, as of FRAT's own stores. Each change has its
/// entry in the audit trail, and so has a lock; neither a PIN nor its hash is ever in one.
/// </summary>
/// <remarks>
/// Thread-safe; one instance serves the process. No more PINs are hashed at once than leave half of the cores to the rest.
/// </remarks>
internal sealed class Pins(
    HostDatabase host,
    IPersonStore people,
    IPasswordHasher<Pin> hasher,
    IAuditTrail trail,
    PinTries tries,
    TimeProvider time) : IDisposable
{
    public const string Set = "pin.set";
    public const string Removed = "pin.removed";
    public const string Locked = "pin.locked";
    public const string Unlocked = "pin.unlocked";

    private static readonly Pin Nobody = New(Guid.Empty, "", default, "nobody");
    private readonly Lazy<string> _hashOfNobody = new(() => hasher.HashPassword(Nobody, PinRules.Create("")));
    private readonly SemaphoreSlim _hashing = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>
    /// Compares a PIN. The try counts before anything is compared; whom an answer doesn't concern learns nothing from it, nor from how long
    /// it took.
    /// </summary>
    /// <param name="employeeId">As it was typed.</param>
    /// <param name="pin">As it was typed.</param>
    /// <param name="device">What tells the device that it was typed at from others, such as its id: the lock counts by it.</param>
    /// <param name="cancellationToken">Cancels the call; the try stays counted.</param>
    public Task<PinResult> VerifyAsync(string? employeeId, string? pin, string device, CancellationToken cancellationToken = default) =>
        host.RunAsync("VerifyPin", async database =>
        {
            var id = Person.Normalize(employeeId);
            if (tries.BeginAt(device) is { } deviceLocked)
            {
                return LockedUntil(deviceLocked);
            }

            var person = Person.IsEmployeeId(id) ? await people.FindAsync(id, cancellationToken) : null;
            var row = person is null ? null : await FindAsync(database, person.Id, cancellationToken);
            var (locked, isLast) = row is null
                ? (tries.BeginOfNobody(Key(id)), false)
                : await tries.BeginOfAsync(database, row.PersonId, cancellationToken);
            if (locked is { } until)
            {
                tries.TakeBackAt(device);
                return LockedUntil(until);
            }

            var match = await CompareAsync(row, pin, cancellationToken);
            if (match == PasswordVerificationResult.Failed || row is null)
            {
                var lockedNow = tries.LockedAt(device)
                    ?? (row is null ? tries.LockedOfNobody(Key(id)) : isLast ? time.GetUtcNow() + PinTries.Lock : null);
                if (isLast)
                {
                    await RecordAsync(Locked, row!.PersonId, Actor.Frat, null, $"at {device}");
                }

                return lockedNow is { } end ? LockedUntil(end) : new PinResult { Outcome = PinOutcome.Wrong };
            }

            tries.SucceededAt(device);
            await PinTries.ClearAsync(database, row.PersonId, cancellationToken);
            if (match == PasswordVerificationResult.SuccessRehashNeeded)
            {
                var better = await HashAsync(pin!, cancellationToken);
                await database.Pins.Where(other => other.PersonId == row.PersonId && other.Hash == row.Hash)
                    .ExecuteUpdateAsync(to => to.SetProperty(other => other.Hash, better), cancellationToken);
            }

            return new PinResult { Outcome = person!.IsActive ? PinOutcome.Right : PinOutcome.NotActive, Person = person };
        });

    /// <summary>Sets a person's PIN, in place of the one before; a lock ends with it.</summary>
    /// <returns>Why it is refused; null when it is set.</returns>
    public async Task<PinRefusal?> SetAsync(Person person, string? pin, AuditNote note, CancellationToken cancellationToken = default)
    {
        if (PinRules.Refuse(pin, person.EmployeeId) is { } refusal)
        {
            return refusal;
        }

        var hash = await HashAsync(pin!, cancellationToken);
        var isSet = await host.RunAsync("SetPin", async database =>
        {
            var now = time.GetUtcNow();
            for (var isAgain = false; ; isAgain = true)
            {
                var changed = await database.Pins.Where(row => row.PersonId == person.Id).ExecuteUpdateAsync(
                    row => row.SetProperty(to => to.Hash, hash).SetProperty(to => to.SetAt, now).SetProperty(to => to.SetBy, note.By.Id)
                        .SetProperty(to => to.FailedTries, 0).SetProperty(to => to.LockedUntil, (DateTimeOffset?)null),
                    cancellationToken);
                if (changed == 1)
                {
                    return true;
                }

                if (isAgain || await people.FindAsync(person.Id, cancellationToken) is null)
                {
                    return false;
                }

                try
                {
                    database.Pins.Add(New(person.Id, hash, now, note.By.Id));
                    await database.SaveChangesAsync(cancellationToken);
                    return true;
                }
                catch (DbUpdateException)
                {
                    database.ChangeTracker.Clear(); // Set by another request at the same moment, or the person is forgotten.
                }
            }
        });
        if (isSet)
        {
            await RecordAsync(Set, person.Id, note, null, $"{pin!.Length} digits");
        }

        return isSet ? null : PinRefusal.NoSuchPerson;
    }

    /// <summary>Removes a person's PIN.</summary>
    /// <returns>False when there was none.</returns>
    public async Task<bool> RemoveAsync(Guid personId, AuditNote note, CancellationToken cancellationToken = default)
    {
        var removed = await host.RunAsync("RemovePin", database =>
            database.Pins.Where(row => row.PersonId == personId).ExecuteDeleteAsync(cancellationToken));
        if (removed > 0)
        {
            await RecordAsync(Removed, personId, note, null, null);
        }

        return removed > 0;
    }

    /// <summary>Ends a person's lock before its time.</summary>
    /// <returns>False when there was none.</returns>
    public async Task<bool> UnlockAsync(Guid personId, AuditNote note, CancellationToken cancellationToken = default)
    {
        var wasLocked = await host.RunAsync("UnlockPin", async database =>
        {
            if (await FindAsync(database, personId, cancellationToken) is not { LockedUntil: { } until } || until <= time.GetUtcNow())
            {
                return false;
            }

            await PinTries.ClearAsync(database, personId, cancellationToken);
            return true;
        });
        if (wasLocked)
        {
            await RecordAsync(Unlocked, personId, note, null, null);
        }

        return wasLocked;
    }

    /// <summary>What there is to say of a person's PIN; null when there is none.</summary>
    public Task<PinState?> StateOfAsync(Guid personId, CancellationToken cancellationToken = default) =>
        host.RunAsync("ReadPin", async database =>
            await FindAsync(database, personId, cancellationToken) is { } row
                ? new PinState(row.SetAt, row.SetBy, row.LockedUntil > time.GetUtcNow() ? row.LockedUntil : null)
                : null);

    /// <summary>Which of these people have a PIN.</summary>
    public Task<IReadOnlySet<Guid>> ListHoldersAsync(IReadOnlyCollection<Guid> people, CancellationToken cancellationToken = default) =>
        host.RunAsync<IReadOnlySet<Guid>>("ListPins", async database => (await database.Pins.AsNoTracking()
            .Where(row => people.Contains(row.PersonId)).Select(row => row.PersonId).ToListAsync(cancellationToken)).ToHashSet());

    public void Dispose() => _hashing.Dispose();

    private static PinResult LockedUntil(DateTimeOffset until) => new() { Outcome = PinOutcome.Locked, Until = until };

    private static Pin New(Guid person, string hash, DateTimeOffset at, string by) =>
        new() { PersonId = person, Hash = hash, SetAt = at, SetBy = by };

    private static Task<Pin?> FindAsync(HostContext database, Guid person, CancellationToken stop) =>
        database.Pins.AsNoTracking().SingleOrDefaultAsync(row => row.PersonId == person, stop);

    // What is too long for an ID is nobody's; it takes no more memory than one.
    private static string Key(string id) => id.Length <= Person.MaxEmployeeIdLength ? id : id[..Person.MaxEmployeeIdLength];

    // What can't be a PIN is compared all the same, but not at any length.
    private Task<PasswordVerificationResult> CompareAsync(Pin? row, string? pin, CancellationToken stop) => InTurnAsync(
        () => hasher.VerifyHashedPassword(row ?? Nobody, row?.Hash ?? _hashOfNobody.Value, PinRules.IsPin(pin) ? pin! : ""), stop);

    private Task<string> HashAsync(string pin, CancellationToken stop) => InTurnAsync(() => hasher.HashPassword(Nobody, pin), stop);

    private async Task<T> InTurnAsync<T>(Func<T> hashing, CancellationToken stop)
    {
        await _hashing.WaitAsync(stop);
        try
        {
            return hashing();
        }
        finally
        {
            _hashing.Release();
        }
    }

    private Task<AuditEntry> RecordAsync(string action, Guid person, Actor by, string? before, string? after) =>
        RecordAsync(action, person, new AuditNote { By = by }, before, after);

    // Not cancelled with the request: what was done is written down.
    private Task<AuditEntry> RecordAsync(string action, Guid person, AuditNote note, string? before, string? after) =>
        trail.AppendAsync(
            new AuditEvent { Action = action, PersonId = person, Old = before, New = after, Note = note }, CancellationToken.None);
}

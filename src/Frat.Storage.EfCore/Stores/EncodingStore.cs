using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace Frat.Storage.EfCore;

/// <summary>People and templates in a relational database.</summary>
internal sealed class EncodingStore(
    FratDatabase database, DatabaseProvider provider, ChangeSignal signal, TimeProvider time, ILogger<EncodingStore> logger) : IEncodingStore
{
    private const int ChangesPerCall = 500;

    public async Task<EnrollmentReceipt> EnrollAsync(Enrollment enrollment, CancellationToken cancellationToken = default)
    {
        Arguments.Check(enrollment);
        var now = time.GetUtcNow().ToMicrosecond();
        var id = Guid.CreateVersion7(now);
        var receipt = await database.WriteAsync("Enroll", EnrollAsync, cancellationToken).ConfigureAwait(false);
        if (receipt.Created)
        {
            signal.Raise();
        }

        return receipt;

        async Task<EnrollmentReceipt> EnrollAsync(FratDbContext context, CancellationToken cancel)
        {
            var holder = await context.People.FirstOrDefaultAsync(person => person.EmployeeId == enrollment.EmployeeId, cancel).ConfigureAwait(false);
            if (holder is not null)
            {
                // Our own id: an earlier attempt was stored, and only its answer was lost.
                return new(holder.ToPerson(), Created: holder.Id == id);
            }

            var person = new PersonRow { Id = id, EmployeeId = enrollment.EmployeeId, Name = enrollment.Name, EnrolledAt = now };
            context.People.Add(person);
            context.Templates.AddRange(enrollment.Encodings.Select(encoding => new TemplateRow
            {
                Id = Guid.CreateVersion7(now),
                PersonId = id,
                EncoderId = encoding.EncoderId,
                Encoding = encoding.ToBytes(),
                CreatedAt = now,
            }));
            context.TemplateChanges.Add(new TemplateChangeRow { PersonId = id });
            return new(person.ToPerson(), Created: true);
        }
    }

    public async Task<Person?> FindAsync(string employeeId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(employeeId);
        var row = await database.ReadAsync(
            "Find",
            (context, cancel) => context.People.FirstOrDefaultAsync(person => person.EmployeeId == employeeId, cancel),
            cancellationToken).ConfigureAwait(false);
        return row?.ToPerson();
    }

    public IAsyncEnumerable<Person> ListAsync(CancellationToken cancellationToken = default) =>
        database.StreamAsync(
            "List",
            context => context.People.OrderBy(person => person.EmployeeId).Select(person => person.ToPerson()),
            cancellationToken);

    public async Task<bool> RevokeAsync(Guid personId, CancellationToken cancellationToken = default)
    {
        var revoked = await database.WriteAsync("Revoke", RevokeAsync, cancellationToken).ConfigureAwait(false);
        if (revoked)
        {
            signal.Raise();
        }

        return revoked;

        async Task<bool> RevokeAsync(FratDbContext context, CancellationToken cancel)
        {
            await database.LockPersonAsync(context, personId, cancel).ConfigureAwait(false);
            if (await context.Templates.Where(template => template.PersonId == personId).ExecuteDeleteAsync(cancel).ConfigureAwait(false) == 0)
            {
                return false;
            }

            context.TemplateChanges.Add(new TemplateChangeRow { PersonId = personId });
            return true;
        }
    }

    public async Task<bool> ForgetAsync(Guid personId, CancellationToken cancellationToken = default)
    {
        var forgotten = await database.WriteAsync("Forget", ForgetAsync, cancellationToken).ConfigureAwait(false);
        if (forgotten)
        {
            signal.Raise();
        }

        return forgotten;

        async Task<bool> ForgetAsync(FratDbContext context, CancellationToken cancel)
        {
            await database.LockPersonAsync(context, personId, cancel).ConfigureAwait(false);
            await context.AttendanceDays.Where(day => day.PersonId == personId).ExecuteDeleteAsync(cancel).ConfigureAwait(false);
            await context.PunchCorrections.Where(correction => correction.PersonId == personId).ExecuteDeleteAsync(cancel).ConfigureAwait(false);
            await context.Punches.Where(punch => punch.PersonId == personId).ExecuteDeleteAsync(cancel).ConfigureAwait(false);
            await context.Templates.Where(template => template.PersonId == personId).ExecuteDeleteAsync(cancel).ConfigureAwait(false);
            if (await context.People.Where(person => person.Id == personId).ExecuteDeleteAsync(cancel).ConfigureAwait(false) == 0)
            {
                return false;
            }

            context.TemplateChanges.Add(new TemplateChangeRow { PersonId = personId });
            return true;
        }
    }

    public IAsyncEnumerable<FaceTemplate> ReadTemplatesAsync(string encoderId, Guid? personId = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(encoderId);
        return ReadAsync(cancellationToken);

        async IAsyncEnumerable<FaceTemplate> ReadAsync([EnumeratorCancellation] CancellationToken cancel = default)
        {
            await foreach (var row in database.StreamAsync("ReadTemplates", Query, cancel).ConfigureAwait(false))
            {
                if (ToTemplate(row) is { } template)
                {
                    yield return template;
                }
            }
        }

        IQueryable<TemplateRow> Query(FratDbContext context)
        {
            var templates = context.Templates.Include(template => template.Person).Where(template => template.EncoderId == encoderId);
            return personId is { } id ? templates.Where(template => template.PersonId == id) : templates;
        }
    }

    public Task<long> GetSequenceAsync(CancellationToken cancellationToken = default) => GetSequenceAsync("GetSequence", cancellationToken);

    public async Task<IReadOnlyList<TemplateChange>> ReadChangesAsync(long afterSequence, CancellationToken cancellationToken = default) =>
        await database.ReadAsync(
            "ReadChanges",
            (context, cancel) => context.TemplateChanges
                .Where(change => change.Sequence > afterSequence)
                .OrderBy(change => change.Sequence)
                .Take(ChangesPerCall)
                .Select(change => new TemplateChange(change.Sequence, change.PersonId))
                .ToListAsync(cancel),
            cancellationToken).ConfigureAwait(false);

    public async Task WaitForChangesAsync(long afterSequence, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var changed = signal.Next;
            if (await GetSequenceAsync("WaitForChanges", cancellationToken).ConfigureAwait(false) > afterSequence)
            {
                return;
            }

            // Another process can't raise the signal, so look again after a while. A wait that is left behind must not keep its timer.
            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var interval = Task.Delay(provider.ChangePollInterval, time, waiting.Token);
            await Task.WhenAny(changed, interval).ConfigureAwait(false);
            await waiting.CancelAsync().ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private Task<long> GetSequenceAsync(string operation, CancellationToken cancellationToken) =>
        database.ReadAsync(
            operation,
            async (context, cancel) => await context.TemplateChanges.MaxAsync(change => (long?)change.Sequence, cancel).ConfigureAwait(false) ?? 0,
            cancellationToken);

    // One damaged row must not keep everybody else out of the gallery.
    private FaceTemplate? ToTemplate(TemplateRow row)
    {
        try
        {
            return new(row.Id, row.Person!.ToPerson(), FaceEncoding.FromBytes(row.EncoderId, row.Encoding));
        }
        catch (ArgumentException exception)
        {
            Log.TemplateUnreadable(logger, row.Id, row.PersonId, exception);
            return null;
        }
    }
}

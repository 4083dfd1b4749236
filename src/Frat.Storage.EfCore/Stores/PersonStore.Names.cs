using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <content>Other names, other employee IDs, other working days.</content>
internal sealed partial class PersonStore
{
    public Task<bool> RenameAsync(Guid personId, string name, AuditNote note, CancellationToken cancellationToken = default)
    {
        Person.ThrowIfNoName(name);
        AuditNote.ThrowIfInvalid(note);
        var now = time.GetUtcNow();
        return transaction.RunAsync("Rename", personId, ChangeAsync, cancellationToken);

        async Task<bool> ChangeAsync(FratDbContext context, CancellationToken cancel)
        {
            var person = await context.People.AsTracking().FirstOrDefaultAsync(row => row.Id == personId, cancel).ConfigureAwait(false);
            if (person is not null && person.Name != name)
            {
                await vault.CheckAsync("Rename", person, cancel).ConfigureAwait(false);
                person.Name = name;
                await SealAsync(context, person, note, AuditActions.PersonRenamed, now, cancel).ConfigureAwait(false);
            }

            return person is not null;
        }
    }

    public async Task<EmployeeIdChange> ChangeEmployeeIdAsync(
        Guid personId, string employeeId, AuditNote note, CancellationToken cancellationToken = default)
    {
        Person.ThrowIfNoEmployeeId(employeeId);
        AuditNote.ThrowIfInvalid(note);
        var now = time.GetUtcNow();
        var result = EmployeeIdChange.NotFound;
        await transaction.RunAsync("ChangeEmployeeId", personId, ChangeAsync, cancellationToken).ConfigureAwait(false);
        return result;

        async Task<bool> ChangeAsync(FratDbContext context, CancellationToken cancel)
        {
            await provider.LockEmployeeIdAsync(context, employeeId, cancel).ConfigureAwait(false);
            var person = await context.People.AsTracking().FirstOrDefaultAsync(row => row.Id == personId, cancel).ConfigureAwait(false);
            var holder = await context.People.Where(row => row.EmployeeId == employeeId).Select(row => (Guid?)row.Id)
                .FirstOrDefaultAsync(cancel).ConfigureAwait(false);
            result = person is null
                ? EmployeeIdChange.NotFound
                : holder is { } id && id != personId ? EmployeeIdChange.Taken : EmployeeIdChange.Changed;
            if (result != EmployeeIdChange.Changed || holder == personId)
            {
                return false;
            }

            await vault.CheckAsync("ChangeEmployeeId", person!, cancel).ConfigureAwait(false);
            person!.EmployeeId = employeeId;
            await SealAsync(context, person, note, AuditActions.EmployeeIdChanged, now, cancel).ConfigureAwait(false);
            return true;
        }
    }

    public Task<bool> SetWorkingDaysAsync(
        Guid personId, DateOnly? first, DateOnly? last, AuditNote note, CancellationToken cancellationToken = default)
    {
        Person.ThrowIfNoWorkingDays(first, last);
        AuditNote.ThrowIfInvalid(note);
        var now = time.GetUtcNow();
        return transaction.RunAsync("SetWorkingDays", personId, ChangeAsync, cancellationToken);

        async Task<bool> ChangeAsync(FratDbContext context, CancellationToken cancel)
        {
            var person = await context.People.AsTracking().FirstOrDefaultAsync(row => row.Id == personId, cancel).ConfigureAwait(false);
            if (person is not null && (person.FirstDay, person.LastDay) != (first, last))
            {
                // Who was missed before the first day, or from the day after the last one on, isn't any more; or is from now on.
                var from = person.FirstDay == first
                    ? Earlier(person.LastDay, last, ifNone: DateOnly.MaxValue)
                    : Earlier(person.FirstDay, first, ifNone: DateOnly.MinValue);
                context.Audit(
                    now,
                    note,
                    AuditActions.WorkingDaysSet,
                    personId,
                    Person.DescribeWorkingDays(person.FirstDay, person.LastDay),
                    Person.DescribeWorkingDays(first, last));
                (person.FirstDay, person.LastDay) = (first, last);
                context.TemplateChanges.Add(new TemplateChangeRow { PersonId = personId });
                await DeriveFromAsync(context, person, from, cancel).ConfigureAwait(false);
            }

            return person is not null;
        }

        static DateOnly Earlier(DateOnly? one, DateOnly? other, DateOnly ifNone) =>
            (one ?? ifNone) < (other ?? ifNone) ? one ?? ifNone : other ?? ifNone;
    }

    /// <summary>Seals who somebody is from now on, and tells of it: galleries hold names.</summary>
    private async Task SealAsync(
        FratDbContext context, PersonRow person, AuditNote note, string action, DateTimeOffset now, CancellationToken cancellationToken)
    {
        person.Seal = await vault.SealAsync(context, person.Id, person.EmployeeId, person.Name, cancellationToken).ConfigureAwait(false);
        person.SearchText = SearchText.Of(person.EmployeeId, person.Name);
        context.Audit(now, note, action, person.Id);
        context.TemplateChanges.Add(new TemplateChangeRow { PersonId = person.Id });
    }
}

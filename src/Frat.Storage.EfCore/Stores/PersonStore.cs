using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <summary>People in a relational database.</summary>
internal sealed partial class PersonStore(
    FratDatabase database,
    DatabaseProvider provider,
    TemplateVault vault,
    PersonTransaction transaction,
    ChangeSignal signal,
    TimeProvider time,
    IAttendanceRules? rules = null) : IPersonStore
{
    /// <summary>Null in a program that keeps no attendance.</summary>
    private readonly DayDeriver? _days = rules is null ? null : new(rules, time);

    public async Task<EnrollmentReceipt> EnrollAsync(Enrollment enrollment, CancellationToken cancellationToken = default)
    {
        Enrollment.ThrowIfInvalid(enrollment);
        var now = time.GetUtcNow();
        if (enrollment.Templates.Count > 0 && enrollment.Consent?.IsInForceAt(now) != true)
        {
            throw new ConsentRequiredException(enrollment.Consent is null
                ? "Nobody is enrolled by face without a recorded consent."
                : "The consent is not in force: it has expired, or begins later.");
        }

        now = now.ToMicrosecond();

        // Random: the trail keeps these ids for good, and one with a time in it would tell when somebody was enrolled who is long
        // forgotten.
        var id = Guid.NewGuid();
        var templateIds = TemplateRecords.NewIds(enrollment.Templates.Count);
        var receipt = await database.WriteAsync("Enroll", StoreAsync, cancellationToken).ConfigureAwait(false);
        if (receipt.Created)
        {
            signal.Raise();
        }

        return receipt;

        async Task<EnrollmentReceipt> StoreAsync(FratDbContext context, CancellationToken cancel)
        {
            await provider.LockEmployeeIdAsync(context, enrollment.EmployeeId, cancel).ConfigureAwait(false);
            var holder = await context.People.FirstOrDefaultAsync(
                person => person.EmployeeId == enrollment.EmployeeId, cancel).ConfigureAwait(false);
            if (holder is not null)
            {
                // Our own id: an earlier attempt was stored, and only its answer was lost.
                return new() { Person = holder.ToPerson(), Created = holder.Id == id };
            }

            var person = new PersonRow
            {
                Id = id,
                EmployeeId = enrollment.EmployeeId,
                Name = enrollment.Name,
                EnrolledAt = now,
                FirstDay = enrollment.FirstDay,
                LastDay = enrollment.LastDay,
                SearchText = SearchText.Of(enrollment.EmployeeId, enrollment.Name),
                Seal = await vault.SealAsync(context, id, enrollment.EmployeeId, enrollment.Name, cancel).ConfigureAwait(false),
            };
            context.People.Add(person);
            context.Audit(now, enrollment.Note, AuditActions.PersonEnrolled, id, @new: $"{templateIds.Count} templates");
            if (enrollment.Consent is { } consent)
            {
                ConsentRecords.Add(context, id, consent, enrollment.Note, now);
            }

            if (enrollment.AcceptedDuplicate is { } duplicate)
            {
                context.Audit(now, duplicate.Note, AuditActions.DuplicateAccepted, id, @new: $"person {duplicate.PersonId}");
            }

            if (templateIds.Count > 0)
            {
                await TemplateRecords.AddAsync(
                    context,
                    vault,
                    id,
                    enrollment.Consent!.Id,
                    templateIds,
                    enrollment.Templates,
                    enrollment.Note,
                    now,
                    cancel).ConfigureAwait(false);
                context.TemplateChanges.Add(new TemplateChangeRow { PersonId = id });
            }

            return new() { Person = person.ToPerson(), Created = true };
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

    public async Task<Person?> FindAsync(Guid personId, CancellationToken cancellationToken = default)
    {
        var row = await database.ReadAsync(
            "Find",
            (context, cancel) => context.People.FirstOrDefaultAsync(person => person.Id == personId, cancel),
            cancellationToken).ConfigureAwait(false);
        return row?.ToPerson();
    }

    public async Task<PersonPage> ListAsync(PersonQuery query, CancellationToken cancellationToken = default)
    {
        PersonQuery.ThrowIfInvalid(query);
        return await database.ReadAsync("ListPeople", ReadAsync, cancellationToken).ConfigureAwait(false);

        async Task<PersonPage> ReadAsync(FratDbContext context, CancellationToken cancel)
        {
            var people = context.People.AsQueryable();
            if (query.IsActive is { } active)
            {
                people = people.Where(person => person.IsActive == active);
            }

            if (SearchText.Fold(Person.Normalize(query.Text)) is { Length: > 0 } text)
            {
                people = people.Where(person => person.SearchText.Contains(text));
            }

            var count = await people.CountAsync(cancel).ConfigureAwait(false);
            var rows = await people.OrderBy(person => person.EmployeeId).Skip(query.Skip).Take(query.Take)
                .ToListAsync(cancel).ConfigureAwait(false);
            return new PersonPage { People = [.. rows.Select(row => row.ToPerson())], TotalCount = count };
        }
    }

    public IAsyncEnumerable<Person> ReadAsync(CancellationToken cancellationToken = default)
    {
        return database.StreamAsync<PersonRow>("ReadPeople", Query, cancellationToken).Select(row => row.ToPerson());

        // EF Core turns this comparison, and no other, into one of the database.
#pragma warning disable CA1309, CA1310
        static IQueryable<PersonRow> Query(FratDbContext context, PersonRow? after) =>
            (after is null ? context.People : context.People.Where(person => string.Compare(person.EmployeeId, after.EmployeeId) > 0))
                .OrderBy(person => person.EmployeeId);
#pragma warning restore CA1309, CA1310
    }

    public Task<bool> SetActiveAsync(Guid personId, bool active, AuditNote note, CancellationToken cancellationToken = default)
    {
        AuditNote.ThrowIfInvalid(note);
        var now = time.GetUtcNow().ToMicrosecond();
        return transaction.RunAsync("SetActive", personId, ChangeAsync, cancellationToken);

        async Task<bool> ChangeAsync(FratDbContext context, CancellationToken cancel)
        {
            var person = await context.People.AsTracking().FirstOrDefaultAsync(row => row.Id == personId, cancel).ConfigureAwait(false);
            if (person is null)
            {
                return false;
            }

            if (person.IsActive != active)
            {
                person.IsActive = active;
                context.Audit(
                    now,
                    note,
                    active ? AuditActions.PersonActivated : AuditActions.PersonDeactivated,
                    personId,
                    active ? "inactive" : "active",
                    active ? "active" : "inactive");
                context.TemplateChanges.Add(new TemplateChangeRow { PersonId = personId });
                await SetPeriodAsync(context, person, active, now, cancel).ConfigureAwait(false);
            }

            return true;
        }
    }

    public async Task<IReadOnlyList<InactivePeriod>> ListInactivePeriodsAsync(Guid personId, CancellationToken cancellationToken = default)
    {
        var rows = await database.ReadAsync(
            "ListInactivePeriods",
            (context, cancel) => context.InactivePeriods.Where(row => row.PersonId == personId)
                .OrderBy(row => row.Since)
                .ThenBy(row => row.Id)
                .ToListAsync(cancel),
            cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(row => row.ToPeriod())];
    }

    public Task<bool> ForgetAsync(Guid personId, AuditNote note, CancellationToken cancellationToken = default)
    {
        AuditNote.ThrowIfInvalid(note);
        var now = time.GetUtcNow();
        return transaction.RunAsync("Forget", personId, DeleteAsync, cancellationToken, deletes: true);

        async Task<bool> DeleteAsync(FratDbContext context, CancellationToken cancel)
        {
            var days = await context.AttendanceDays.Where(day => day.PersonId == personId).ExecuteDeleteAsync(cancel).ConfigureAwait(false);
            var corrections = await context.PunchCorrections.Where(correction => correction.PersonId == personId)
                .ExecuteDeleteAsync(cancel).ConfigureAwait(false);
            var punches = await context.Punches.Where(punch => punch.PersonId == personId).ExecuteDeleteAsync(cancel).ConfigureAwait(false);
            var templates = await context.Templates.Where(template => template.PersonId == personId)
                .ExecuteDeleteAsync(cancel).ConfigureAwait(false);
            var consents = await context.Consents.Where(consent => consent.PersonId == personId)
                .ExecuteDeleteAsync(cancel).ConfigureAwait(false);
            if (await context.People.Where(person => person.Id == personId).ExecuteDeleteAsync(cancel).ConfigureAwait(false) == 0)
            {
                return false;
            }

            context.Audit(
                now,
                note,
                AuditActions.PersonForgotten,
                personId,
                old: $"{templates} templates, {consents} consents, {punches} punches, {corrections} corrections, {days} days");
            context.TemplateChanges.Add(new TemplateChangeRow { PersonId = personId });
            return true;
        }
    }

    /// <summary>
    /// Begins or ends the time in which nobody misses the person, and judges the shifts anew that lie around this moment.
    /// </summary>
    private async Task SetPeriodAsync(
        FratDbContext context, PersonRow person, bool active, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (active)
        {
            await context.InactivePeriods.Where(row => row.PersonId == person.Id && row.Until == null)
                .ExecuteUpdateAsync(set => set.SetProperty(row => row.Until, now), cancellationToken).ConfigureAwait(false);
        }
        else
        {
            context.InactivePeriods.Add(new InactivePeriodRow { Id = Guid.CreateVersion7(now), PersonId = person.Id, Since = now });
        }

        var today = DateOnly.FromDateTime(now.UtcDateTime);
        await DeriveFromAsync(context, person, today.Plus(-DayDeriver.ReachDays), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Derives a person's days from a date on: some at once, and the rest, where there are many, from the queue.</summary>
    private async Task DeriveFromAsync(FratDbContext context, PersonRow person, DateOnly first, CancellationToken cancellationToken)
    {
        if (_days is null)
        {
            return;
        }

        // Stored first, in the same transaction, so that the days are derived from what is there.
        await context.SaveChangesAsync(cancellationToken).ConfigureAwait(false);
        var (_, _, next) = await _days.DeriveNextAsync(context, person, first, DateOnly.MaxValue, cancellationToken).ConfigureAwait(false);
        if (next is { } from)
        {
            DerivationQueue.AddOf(context, person.Id, from, DateOnly.MaxValue);
        }
    }
}

using Frat.Storage.EfCore;

namespace Frat.Testing;

internal sealed class InMemoryPersonStore(InMemoryDatabase database, DayDeriver deriver, TimeProvider time) : IPersonStore
{
    public Task<EnrollmentReceipt> EnrollAsync(Enrollment enrollment, CancellationToken cancellationToken = default)
    {
        Enrollment.ThrowIfInvalid(enrollment);
        var now = time.GetUtcNow();
        if (enrollment.Templates.Count > 0 && enrollment.Consent?.IsInForceAt(now) != true)
        {
            throw new ConsentRequiredException(enrollment.Consent is null
                ? "Nobody is enrolled by face without a recorded consent."
                : "The consent is not in force: it has expired, or begins later.");
        }

        return database.WriteAsync(Store, cancellationToken);

        EnrollmentReceipt Store(Transaction transaction)
        {
            if (transaction.State.EmployeeIds.TryGetValue(enrollment.EmployeeId, out var holder))
            {
                return new() { Person = transaction.Find(holder)!.Person, Created = false };
            }

            var person = new Person
            {
                Id = Guid.NewGuid(),
                EmployeeId = enrollment.EmployeeId,
                Name = enrollment.Name,
                EnrolledAt = now.ToMicrosecond(),
                FirstDay = enrollment.FirstDay,
                LastDay = enrollment.LastDay,
            };
            transaction.Save(new PersonRecord(person));
            transaction.State = transaction.State with
            {
                EmployeeIds = transaction.State.EmployeeIds.Add(person.EmployeeId, person.Id),
            };
            transaction.Audit(
                now, enrollment.Note, AuditActions.PersonEnrolled, person.Id, @new: $"{enrollment.Templates.Count} templates");
            if (enrollment.Consent is { } consent)
            {
                transaction.Record(person.Id, consent, enrollment.Note, now);
            }

            if (enrollment.AcceptedDuplicate is { } duplicate)
            {
                transaction.Audit(
                    now, duplicate.Note, AuditActions.DuplicateAccepted, person.Id, @new: $"person {duplicate.PersonId}");
            }

            if (enrollment.Templates.Count > 0)
            {
                transaction.Add(person.Id, enrollment.Consent!.Id, enrollment.Templates, enrollment.Note, now);
            }

            return new() { Person = person, Created = true };
        }
    }

    public Task<Person?> FindAsync(string employeeId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(employeeId);
        return database.ReadAsync(
            state => state.EmployeeIds.TryGetValue(employeeId, out var id) ? state.Find(id)?.Person : null, cancellationToken);
    }

    public Task<Person?> FindAsync(Guid personId, CancellationToken cancellationToken = default) =>
        database.ReadAsync(state => state.Find(personId)?.Person, cancellationToken);

    public Task<PersonPage> ListAsync(PersonQuery query, CancellationToken cancellationToken = default)
    {
        PersonQuery.ThrowIfInvalid(query);
        var text = SearchText.Fold(Person.Normalize(query.Text));
        return database.ReadAsync(Read, cancellationToken);

        PersonPage Read(State state)
        {
            var found = state.EmployeeIds.Values.Select(id => state.People[id])
                .Where(record => query.IsActive is not { } active || record.Person.IsActive == active)
                .Where(record => record.Searched.Contains(text, StringComparison.Ordinal))
                .Select(record => record.Person).ToList();
            return new PersonPage { People = [.. found.Skip(query.Skip).Take(query.Take)], TotalCount = found.Count };
        }
    }

    public IAsyncEnumerable<Person> ReadAsync(CancellationToken cancellationToken = default) =>
        database.StreamAsync(state => state.EmployeeIds.Values.Select(id => state.People[id].Person), cancellationToken);

    public Task<bool> RenameAsync(Guid personId, string name, AuditNote note, CancellationToken cancellationToken = default)
    {
        Person.ThrowIfNoName(name);
        AuditNote.ThrowIfInvalid(note);
        var now = time.GetUtcNow();
        return database.WriteAsync(Change, cancellationToken);

        bool Change(Transaction transaction)
        {
            if (transaction.Find(personId) is { } record && record.Person.Name != name)
            {
                transaction.Save(record with { Person = record.Person with { Name = name } });
                transaction.Audit(now, note, AuditActions.PersonRenamed, personId);
                transaction.Tell(personId);
            }

            return transaction.Find(personId) is not null;
        }
    }

    public Task<EmployeeIdChange> ChangeEmployeeIdAsync(
        Guid personId, string employeeId, AuditNote note, CancellationToken cancellationToken = default)
    {
        Person.ThrowIfNoEmployeeId(employeeId);
        AuditNote.ThrowIfInvalid(note);
        var now = time.GetUtcNow();
        return database.WriteAsync(Change, cancellationToken);

        EmployeeIdChange Change(Transaction transaction)
        {
            if (transaction.Find(personId) is not { } record)
            {
                return EmployeeIdChange.NotFound;
            }

            if (transaction.State.EmployeeIds.TryGetValue(employeeId, out var holder))
            {
                return holder == personId ? EmployeeIdChange.Changed : EmployeeIdChange.Taken;
            }

            transaction.State = transaction.State with
            {
                EmployeeIds = transaction.State.EmployeeIds.Remove(record.Person.EmployeeId).Add(employeeId, personId),
            };
            transaction.Save(record with { Person = record.Person with { EmployeeId = employeeId } });
            transaction.Audit(now, note, AuditActions.EmployeeIdChanged, personId);
            transaction.Tell(personId);
            return EmployeeIdChange.Changed;
        }
    }

    public Task<bool> SetActiveAsync(Guid personId, bool active, AuditNote note, CancellationToken cancellationToken = default)
    {
        AuditNote.ThrowIfInvalid(note);
        var now = time.GetUtcNow().ToMicrosecond();
        return database.WriteAsync(Change, cancellationToken);

        bool Change(Transaction transaction)
        {
            if (transaction.Find(personId) is not { } record || record.Person.IsActive == active)
            {
                return transaction.Find(personId) is not null;
            }

            var (old, @new) = active ? ("inactive", "active") : ("active", "inactive");
            transaction.Audit(
                now, note, active ? AuditActions.PersonActivated : AuditActions.PersonDeactivated, personId, old, @new);
            transaction.Tell(personId);
            var periods = active
                ? record.InactivePeriods.ConvertAll(period => period.To is null ? period with { To = now } : period)
                : record.InactivePeriods.Add(new InactivePeriod { From = now });
            transaction.Save(record with { Person = record.Person with { IsActive = active }, InactivePeriods = periods });
            deriver.DeriveAll(transaction, personId);
            return true;
        }
    }

    public Task<bool> SetWorkingDaysAsync(
        Guid personId, DateOnly? first, DateOnly? last, AuditNote note, CancellationToken cancellationToken = default)
    {
        Person.ThrowIfNoWorkingDays(first, last);
        AuditNote.ThrowIfInvalid(note);
        var now = time.GetUtcNow();
        return database.WriteAsync(Change, cancellationToken);

        bool Change(Transaction transaction)
        {
            if (transaction.Find(personId) is { Person: var person } record && (person.FirstDay, person.LastDay) != (first, last))
            {
                transaction.Audit(
                    now,
                    note,
                    AuditActions.WorkingDaysSet,
                    personId,
                    Person.DescribeWorkingDays(person.FirstDay, person.LastDay),
                    Person.DescribeWorkingDays(first, last));
                transaction.Tell(personId);
                transaction.Save(record with { Person = person with { FirstDay = first, LastDay = last } });
                deriver.DeriveAll(transaction, personId);
            }

            return transaction.Find(personId) is not null;
        }
    }

    public Task<IReadOnlyList<InactivePeriod>> ListInactivePeriodsAsync(Guid personId, CancellationToken cancellationToken = default) =>
        database.ReadAsync<IReadOnlyList<InactivePeriod>>(state => state.Find(personId)?.InactivePeriods ?? [], cancellationToken);

    public Task<bool> ForgetAsync(Guid personId, AuditNote note, CancellationToken cancellationToken = default)
    {
        AuditNote.ThrowIfInvalid(note);
        var now = time.GetUtcNow();
        return database.WriteAsync(Delete, cancellationToken);

        bool Delete(Transaction transaction)
        {
            if (transaction.Find(personId) is not { } record)
            {
                return false;
            }

            var (state, punches) = (transaction.State, record.Punches.Values.Select(stored => stored.Punch).ToList());
            transaction.State = state with
            {
                People = state.People.Remove(personId),
                EmployeeIds = state.EmployeeIds.Remove(record.Person.EmployeeId),
                Punches = state.Punches.RemoveRange(punches.Select(punch => punch.Id)),
                Keys = state.Keys.RemoveRange(punches.Select(punch => (punch.Source, punch.IdempotencyKey))),
            };
            var corrections = record.Punches.Values.Sum(stored => stored.Corrections.Count);
            var old = $"{record.Templates.Count} templates, {record.Consents.Count} consents, {punches.Count} punches, "
                + $"{corrections} corrections, {record.Days.Count} days";
            transaction.Audit(now, note, AuditActions.PersonForgotten, personId, old);
            transaction.Tell(personId);
            return true;
        }
    }
}

using System.Runtime.CompilerServices;

namespace Frat;

/// <inheritdoc/>
internal sealed class ReportService(
    IAttendanceLog log, IPersonStore people, IEncodingStore encodings, IConsentStore consents, Lazy<SiteClock> clock) : IReportService
{
    public Report Create(ReportRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (first, last) = request.ToDates(() => clock.Value.Today);
        return request.Kind switch
        {
            ReportKind.Day => Days(first, last, request.Person),
            ReportKind.Month => Summary(first, last, request.Person),
            ReportKind.Person => PersonDays(
                request.Person ?? throw new ArgumentException("The report of a person names one.", nameof(request)), first, last),
            ReportKind.Punches => Punches(first, last, request.Person),
            _ => throw new ArgumentException($"There is no report {request.Kind}.", nameof(request)),
        };
    }

    public Report Days(DateOnly firstDate, DateOnly lastDate, Person? person = null) => Create(
        "attendance-days", "Days", firstDate, lastDate, ReportLayouts.Days, cancel => ReadDays(firstDate, lastDate, person?.Id, cancel));

    public Report Summary(DateOnly firstDate, DateOnly lastDate, Person? person = null) => Create(
        "attendance-summary",
        "Summary",
        firstDate,
        lastDate,
        ReportLayouts.Summaries,
        cancel => SummarizeAsync(firstDate, lastDate, person, cancel));

    public Report PersonDays(Person person, DateOnly firstDate, DateOnly lastDate)
    {
        ArgumentNullException.ThrowIfNull(person);
        var totals = new AttendanceTotals();
        return Create(
            "attendance-person", "Days", firstDate, lastDate, ReportLayouts.Days, Rows, () => ReportLayouts.TotalsOf(person, totals));

        async IAsyncEnumerable<AttendanceDay> Rows([EnumeratorCancellation] CancellationToken cancel)
        {
            totals = new AttendanceTotals(); // A report can be written twice.
            await foreach (var day in ReadDays(firstDate, lastDate, person.Id, cancel).ConfigureAwait(false))
            {
                totals.Add(day);
                yield return day;
            }
        }
    }

    public Report Punches(DateOnly firstDate, DateOnly lastDate, Person? person = null)
    {
        return Create("punches", "Punches", firstDate, lastDate, ReportLayouts.Punches, Rows);

        async IAsyncEnumerable<(Punch, Person?)> Rows([EnumeratorCancellation] CancellationToken cancel)
        {
            var byId = new Dictionary<Guid, Person>();
            if (person is not null)
            {
                byId.Add(person.Id, person);
            }
            else
            {
                await foreach (var someone in people.ReadAsync(cancel).ConfigureAwait(false))
                {
                    byId.Add(someone.Id, someone);
                }
            }

            await foreach (var punch in log.ReadPunchesAsync(firstDate, lastDate, person?.Id, cancel).ConfigureAwait(false))
            {
                yield return (punch, byId.GetValueOrDefault(punch.PersonId));
            }
        }
    }

    public Report People(DateOnly day)
    {
        return Create("people", "People", day, day, ReportLayouts.People, Rows);

        async IAsyncEnumerable<PersonRecord> Rows([EnumeratorCancellation] CancellationToken cancel)
        {
            await foreach (var person in people.ReadAsync(cancel).ConfigureAwait(false))
            {
                var templates = await encodings.ListAsync(person.Id, cancel).ConfigureAwait(false);
                var given = await consents.ListAsync(person.Id, cancel).ConfigureAwait(false);
                yield return new PersonRecord(person, templates, given.MaxBy(consent => consent.GivenAt));
            }
        }
    }

    public async IAsyncEnumerable<PersonSummary> SummarizeAsync(
        DateOnly firstDate,
        DateOnly lastDate,
        Person? person = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var totals = new Dictionary<Guid, AttendanceTotals>();
        await foreach (var day in log.ReadDaysAsync(
            firstDate, lastDate, person?.Id, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            if (!totals.TryGetValue(day.Person.Id, out var sum))
            {
                totals.Add(day.Person.Id, sum = new AttendanceTotals());
            }

            sum.Add(day);
        }

        if (person is not null)
        {
            yield return new PersonSummary { Person = person, Totals = totals.GetValueOrDefault(person.Id) ?? new AttendanceTotals() };
            yield break;
        }

        await foreach (var someone in people.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (totals.GetValueOrDefault(someone.Id) is { } sum)
            {
                yield return new PersonSummary { Person = someone, Totals = sum };
            }
            else if (someone.IsActive)
            {
                yield return new PersonSummary { Person = someone, Totals = new AttendanceTotals() };
            }
        }
    }

    private static Report Create<T>(
        string name,
        string title,
        DateOnly first,
        DateOnly last,
        IReadOnlyList<ReportColumn<T>> columns,
        Func<CancellationToken, IAsyncEnumerable<T>> rows,
        Func<ReportTotals>? totals = null)
    {
        if (last < first)
        {
            throw new ArgumentException("The last date is before the first.", nameof(last));
        }

        return new Report(name, title, first, last, [.. columns.Select(column => column.Untyped)], cancel => Cells(cancel), totals);

        async IAsyncEnumerable<ReportCell[]> Cells([EnumeratorCancellation] CancellationToken cancel)
        {
            var cells = new ReportCell[columns.Count];
            await foreach (var row in rows(cancel).ConfigureAwait(false))
            {
                for (var i = 0; i < cells.Length; i++)
                {
                    cells[i] = columns[i].Value(row);
                }

                yield return cells;
            }
        }
    }

    private IAsyncEnumerable<AttendanceDay> ReadDays(DateOnly first, DateOnly last, Guid? personId, CancellationToken cancellationToken) =>
        log.ReadDaysAsync(first, last, personId, DayOrder.EarliestFirst, cancellationToken);
}

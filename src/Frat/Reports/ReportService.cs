using System.Runtime.CompilerServices;

namespace Frat;

/// <summary>
/// The attendance as reports: days, summaries of days, and the punches behind them. What it reads streams from the store; at most a row for
/// each person is kept.
/// </summary>
/// <remarks>Thread-safe; one instance serves the process. A report sees what is stored while it is written, not one moment of it.</remarks>
public sealed class ReportService
{
    private readonly IAttendanceLog _log;
    private readonly IPersonStore _people;
    private readonly IEncodingStore _encodings;
    private readonly IConsentStore _consents;

    internal ReportService(IAttendanceLog log, IPersonStore people, IEncodingStore encodings, IConsentStore consents) =>
        (_log, _people, _encodings, _consents) = (log, people, encodings, consents);

    /// <summary>The days of a span of dates: who was there and when, a row for each person and date that there is a record of.</summary>
    /// <param name="firstDate">The first date.</param>
    /// <param name="lastDate">The last date, included.</param>
    /// <param name="person">Only this person's, where given.</param>
    /// <returns>The report. It is computed when it is written.</returns>
    /// <exception cref="ArgumentException">The last date is before the first.</exception>
    public Report Days(DateOnly firstDate, DateOnly lastDate, Person? person = null) => Create(
        "attendance-days", "Days", firstDate, lastDate, ReportColumns.Days, cancel => ReadDays(firstDate, lastDate, person?.Id, cancel));

    /// <summary>
    /// What a span of dates, such as a month, comes to for each person: days by status, hours, how often and how much late. Everybody who
    /// is active has a row, also without a record, and whoever is not active any more has one where there is a record.
    /// </summary>
    /// <param name="firstDate">The first date.</param>
    /// <param name="lastDate">The last date, included.</param>
    /// <param name="person">Only this person's, where given.</param>
    /// <returns>The report. It is computed when it is written.</returns>
    /// <exception cref="ArgumentException">The last date is before the first.</exception>
    public Report Summary(DateOnly firstDate, DateOnly lastDate, Person? person = null) => Create(
        "attendance-summary",
        "Summary",
        firstDate,
        lastDate,
        ReportColumns.Summaries,
        cancel => SummarizeAsync(firstDate, lastDate, person, cancel));

    /// <summary>One person's days, a row for each date that there is a record of, with a row of totals below.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="firstDate">The first date.</param>
    /// <param name="lastDate">The last date, included.</param>
    /// <returns>The report. It is computed when it is written.</returns>
    /// <exception cref="ArgumentException">The last date is before the first.</exception>
    public Report PersonDays(Person person, DateOnly firstDate, DateOnly lastDate)
    {
        ArgumentNullException.ThrowIfNull(person);
        var totals = new AttendanceTotals();
        return Create(
            "attendance-person", "Days", firstDate, lastDate, ReportColumns.Days, Rows, () => ReportColumns.TotalsOf(person, totals));

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

    /// <summary>The punches as they were recorded, corrections not applied, by local time.</summary>
    /// <param name="firstDate">The first local date.</param>
    /// <param name="lastDate">The last local date, included.</param>
    /// <param name="person">Only this person's, where given.</param>
    /// <returns>The report. It is computed when it is written.</returns>
    /// <exception cref="ArgumentException">The last date is before the first.</exception>
    public Report Punches(DateOnly firstDate, DateOnly lastDate, Person? person = null)
    {
        return Create("punches", "Punches", firstDate, lastDate, ReportColumns.Punches, Rows);

        async IAsyncEnumerable<(Punch, Person?)> Rows([EnumeratorCancellation] CancellationToken cancel)
        {
            var people = new Dictionary<Guid, Person>();
            if (person is not null)
            {
                people.Add(person.Id, person);
            }
            else
            {
                await foreach (var someone in _people.ReadAsync(cancel).ConfigureAwait(false))
                {
                    people.Add(someone.Id, someone);
                }
            }

            await foreach (var punch in _log.ReadPunchesAsync(firstDate, lastDate, person?.Id, cancel).ConfigureAwait(false))
            {
                yield return (punch, people.GetValueOrDefault(punch.PersonId));
            }
        }
    }

    /// <summary>Everybody, with what is known of their templates and their latest consent; never an encoding.</summary>
    /// <param name="date">The date of the report, for the name of its file.</param>
    /// <returns>The report. It is computed when it is written.</returns>
    public Report People(DateOnly date)
    {
        return Create("people", "People", date, date, ReportColumns.People, Rows);

        async IAsyncEnumerable<PersonRecord> Rows([EnumeratorCancellation] CancellationToken cancel)
        {
            await foreach (var person in _people.ReadAsync(cancel).ConfigureAwait(false))
            {
                var templates = await _encodings.ListAsync(person.Id, cancel).ConfigureAwait(false);
                var consents = await _consents.ListAsync(person.Id, cancel).ConfigureAwait(false);
                yield return new PersonRecord(person, templates, consents.MaxBy(consent => consent.GivenAt));
            }
        }
    }

    /// <summary>Adds up the days of a span of dates for each person, ordered by employee ID.</summary>
    /// <param name="firstDate">The first date.</param>
    /// <param name="lastDate">The last date, included.</param>
    /// <param name="person">Only this person's, where given.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>Everybody who is active or has a record in the span.</returns>
    /// <exception cref="StoreException">The store failed, at the start or in the middle.</exception>
    public async IAsyncEnumerable<PersonSummary> SummarizeAsync(
        DateOnly firstDate,
        DateOnly lastDate,
        Person? person = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var totals = new Dictionary<Guid, AttendanceTotals>();
        await foreach (var day in _log.ReadDaysAsync(
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
            yield return new PersonSummary(person, totals.GetValueOrDefault(person.Id) ?? new AttendanceTotals());
            yield break;
        }

        await foreach (var someone in _people.ReadAsync(cancellationToken).ConfigureAwait(false))
        {
            if (totals.GetValueOrDefault(someone.Id) is { } sum)
            {
                yield return new PersonSummary(someone, sum);
            }
            else if (someone.IsActive)
            {
                yield return new PersonSummary(someone, new AttendanceTotals());
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
        _log.ReadDaysAsync(first, last, personId, DayOrder.EarliestFirst, cancellationToken);
}

namespace Frat;

/// <summary>
/// The attendance as reports: days, summaries of days, and the punches behind them. What it reads streams from the store; at most a row for
/// each person is kept.
/// </summary>
/// <remarks>Thread-safe; one instance serves the process. A report sees what is stored while it is written, not one moment of it.</remarks>
public interface IReportService
{
    /// <summary>Makes a report of any kind, with the dates that the kind covers where none are given.</summary>
    /// <param name="request">Which.</param>
    /// <returns>The report. It is computed when it is written.</returns>
    /// <exception cref="ArgumentException">The last date is before the first, or the report of a person names nobody.</exception>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">
    /// A date is not given, and it can't be told which day it is at the site.
    /// </exception>
    Report Create(ReportRequest request);

    /// <summary>The days of a span of dates: who was there and when, a row for each person and date that there is a record of.</summary>
    /// <param name="firstDate">The first date.</param>
    /// <param name="lastDate">The last date, included.</param>
    /// <param name="person">Only this person's, where given.</param>
    /// <returns>The report. It is computed when it is written.</returns>
    /// <exception cref="ArgumentException">The last date is before the first.</exception>
    Report Days(DateOnly firstDate, DateOnly lastDate, Person? person = null);

    /// <summary>
    /// What a span of dates, such as a month, comes to for each person: days by status, hours, how often and how much late. Everybody who
    /// is active has a row, also without a record, and anyone who is not active any more has one where there is a record.
    /// </summary>
    /// <param name="firstDate">The first date.</param>
    /// <param name="lastDate">The last date, included.</param>
    /// <param name="person">Only this person's, where given.</param>
    /// <returns>The report. It is computed when it is written.</returns>
    /// <exception cref="ArgumentException">The last date is before the first.</exception>
    Report Summary(DateOnly firstDate, DateOnly lastDate, Person? person = null);

    /// <summary>One person's days, a row for each date that there is a record of, with a row of totals below.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="firstDate">The first date.</param>
    /// <param name="lastDate">The last date, included.</param>
    /// <returns>The report. It is computed when it is written.</returns>
    /// <exception cref="ArgumentException">The last date is before the first.</exception>
    Report PersonDays(Person person, DateOnly firstDate, DateOnly lastDate);

    /// <summary>The punches as they were recorded, corrections not applied, by local time.</summary>
    /// <param name="firstDate">The first local date.</param>
    /// <param name="lastDate">The last local date, included.</param>
    /// <param name="person">Only this person's, where given.</param>
    /// <returns>The report. It is computed when it is written.</returns>
    /// <exception cref="ArgumentException">The last date is before the first.</exception>
    Report Punches(DateOnly firstDate, DateOnly lastDate, Person? person = null);

    /// <summary>Everybody, with what is known of their templates and their latest consent; never an encoding.</summary>
    /// <param name="day">The date of the report, for the name of its file.</param>
    /// <returns>The report. It is computed when it is written.</returns>
    Report People(DateOnly day);

    /// <summary>Adds up the days of a span of dates for each person, ordered by employee ID.</summary>
    /// <param name="firstDate">The first date.</param>
    /// <param name="lastDate">The last date, included.</param>
    /// <param name="person">Only this person's, where given.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    /// <returns>Everybody who is active or has a record in the span.</returns>
    /// <exception cref="StoreException">The store failed, at the start or in the middle.</exception>
    IAsyncEnumerable<PersonSummary> SummarizeAsync(
        DateOnly firstDate,
        DateOnly lastDate,
        Person? person = null,
        CancellationToken cancellationToken = default);
}

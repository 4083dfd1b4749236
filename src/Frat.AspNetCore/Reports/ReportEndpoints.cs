using System.Globalization;

namespace Frat.AspNetCore;

/// <summary>The attendance as files: for spreadsheets, payroll and other programs.</summary>
internal static class ReportEndpoints
{
    private static readonly string[] Formats = [.. Enum.GetNames<ReportFormat>().Select(name => name.ToLowerInvariant())];

    private delegate Report Maker(ReportService reports, DateOnly first, DateOnly last, Person? person);

    public static void MapReports(this IEndpointRouteBuilder api)
    {
        Map(
            api,
            "day",
            "reportDays",
            "Report who was there and when",
            "A row for each person and date that there is a record of. Without dates it is today at the site; with one, that day.",
            needsPerson: false,
            (reports, first, last, person) => reports.Days(first, last, person));
        Map(
            api,
            "month",
            "reportMonth",
            "Report what a month, or any span, adds up to",
            "A row for each person: days by status, leave and absence, hours expected and worked, by kind of day, how often and how much "
                + "late. "
            + "Without dates it is this month at the site; with one, the month around it.",
            needsPerson: false,
            (reports, first, last, person) => reports.Summary(first, last, person));
        Map(
            api,
            "person",
            "reportPerson",
            "Report one person's days, with totals",
            "A row for each date that there is a record of; the last row of a CSV file or a workbook is the total. Dates as for a month.",
            needsPerson: true,
            (reports, first, last, person) => reports.PersonDays(person!, first, last));
        Map(
            api,
            "punches",
            "reportPunches",
            "Export the punches as they were recorded",
            "By local time, corrections not applied. Dates as for a day.",
            needsPerson: false,
            (reports, first, last, person) => reports.Punches(first, last, person));
    }

    private static void Map(
        IEndpointRouteBuilder api, string kind, string name, string summary, string description, bool needsPerson, Maker make)
    {
        var byMonth = kind is "month" or "person";
        api.MapGet($"/reports/{kind}", (HttpContext context, ReportService reports, IPeopleService people, CheckInService checkIn) =>
                WriteAsync(
                    context, reports, people, byMonth ? Month(checkIn.Today) : (checkIn.Today, checkIn.Today), byMonth, needsPerson, make))
            .AnswersAtLength()
            .Is(name, "Reports", FratPolicies.ReadAttendance)
            .WithSummary(summary)
            .WithDescription($"{description} Rows stream, however many there are; an answer that breaks off is not whole.")
            .WithMetadata(
                new QueryText("from", "The first date, as `YYYY-MM-DD`.", "date"),
                new QueryText("to", "The last date, included, as `YYYY-MM-DD`.", "date"),
                new QueryText("employeeId", needsPerson ? "Whose days; required." : "Only this person's."),
                new QueryText("format", $"`{string.Join("`, `", Formats)}`; `json` when left out."),
                new QueryText("bom", "`true` begins a CSV file with a byte order mark, for Excel."))
            .Produces<object>(StatusCodes.Status200OK, "application/json", "text/csv", Report.ContentTypeOf(ReportFormat.Xlsx))
            .ProducesValidationProblem()
            .Fails(404, 500, 503);
    }

    private static async Task<IResult> WriteAsync(
        HttpContext context,
        ReportService reports,
        IPeopleService people,
        (DateOnly First, DateOnly Last) otherwise,
        bool byMonth,
        bool needsPerson,
        Maker make)
    {
        var query = context.Request.Query;
        var (fromText, toText, formatText, bomText) = (
            query["from"].ToString(), query["to"].ToString(), query["format"].ToString(), query["bom"].ToString());
        var (from, to) = (QueryDates.Read(fromText), QueryDates.Read(toText));
        var employeeId = Person.Normalize(query["employeeId"]);
        var format = ReportFormat.Json;
        var isFormat = formatText.Length == 0
            || (Formats.Contains(formatText, StringComparer.OrdinalIgnoreCase) && Enum.TryParse(formatText, ignoreCase: true, out format));
        var invalid = InvalidFields.Of(
            ("from", QueryDates.ErrorOf(fromText, from)),
            ("to", QueryDates.ErrorOf(toText, to) ?? (to < from ? "The last date is before the first." : null)),
            ("employeeId", needsPerson && employeeId.Length == 0 ? "Say whose days." : null),
            ("format", isFormat ? null : $"The formats are {string.Join(", ", Formats)}."),
            ("bom", bomText is "" or "true" or "false" ? null : "Write true or false."));
        if (invalid.Errors!.Count > 0)
        {
            return invalid;
        }

        Person? person = null;
        if (employeeId.Length > 0)
        {
            person = await people.FindAsync(employeeId, context.RequestAborted);
            if (person is null)
            {
                return PersonRoute.NotFound;
            }
        }

        var (first, last) = (from, to) switch
        {
            ({ } one, { } other) => (one, other),
            ({ } one, null) => byMonth ? (one, Month(one).Last) : (one, one),
            (null, { } other) => byMonth ? (Month(other).First, other) : (other, other),
            _ => otherwise,
        };
        return new ReportResult(make(reports, first, last, person), format, new ReportOptions { ByteOrderMark = bomText == "true" });
    }

    private static (DateOnly First, DateOnly Last) Month(DateOnly date) =>
        (new DateOnly(date.Year, date.Month, 1), new DateOnly(date.Year, date.Month, DateTime.DaysInMonth(date.Year, date.Month)));

    /// <summary>Writes the report into the answer while it is read from the people.</summary>
    private sealed class ReportResult(Report report, ReportFormat format, ReportOptions options) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = Report.ContentTypeOf(format);
            if (format != ReportFormat.Json)
            {
                response.Headers.ContentDisposition = string.Create(
                    CultureInfo.InvariantCulture, $"attachment; filename=\"{report.FileNameOf(format)}\"");
            }

            await report.WriteAsync(response.Body, format, options, httpContext.RequestAborted);
        }
    }
}

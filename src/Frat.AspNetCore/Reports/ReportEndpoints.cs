using System.Globalization;

namespace Frat.AspNetCore;

/// <summary>The attendance as files: for spreadsheets, payroll and other programs.</summary>
internal static class ReportEndpoints
{
    private static readonly string[] Formats = [.. Enum.GetNames<ReportFormat>().Select(name => name.ToLowerInvariant())];

    public static void MapReports(this IEndpointRouteBuilder api)
    {
        Map(
            api,
            ReportKind.Day,
            "reportDays",
            "Report who was there and when",
            "A row for each person and date that there is a record of. Without dates it is today at the site; with one, that day.");
        Map(
            api,
            ReportKind.Month,
            "reportMonth",
            "Report what a month, or any span, adds up to",
            "A row for each person: days by status, leave and absence, hours expected and worked, by kind of day, how often and how much "
                + "late. "
            + "Without dates it is this month at the site; with one, the month around it.");
        Map(
            api,
            ReportKind.Person,
            "reportPerson",
            "Report one person's days, with totals",
            "A row for each date that there is a record of; the last row of a CSV file or a workbook is the total. Dates as for a month.");
        Map(
            api,
            ReportKind.Punches,
            "reportPunches",
            "Export the punches as they were recorded",
            "By local time, corrections not applied. Dates as for a day.");
    }

    private static void Map(IEndpointRouteBuilder api, ReportKind kind, string name, string summary, string description)
    {
        api.MapGet(
                $"/reports/{kind.ToString().ToLowerInvariant()}",
                (HttpContext context, IReportService reports, IPeopleService people) => WriteAsync(context, reports, people, kind))
            .AnswersAtLength()
            .Is(name, "Reports", FratPolicies.ReadAttendance)
            .WithSummary(summary)
            .WithDescription($"{description} Rows stream, however many there are; an answer that breaks off is not whole.")
            .WithMetadata(
                new QueryText("from", "The first date, as `YYYY-MM-DD`.", "date"),
                new QueryText("to", "The last date, included, as `YYYY-MM-DD`.", "date"),
                new QueryText("employeeId", kind == ReportKind.Person ? "Whose days; required." : "Only this person's."),
                new QueryText("format", $"`{string.Join("`, `", Formats)}`; `json` when left out."),
                new QueryText("bom", "`true` begins a CSV file with a byte order mark, for Excel."))
            .Produces<object>(StatusCodes.Status200OK, "application/json", "text/csv", Report.ContentTypeOf(ReportFormat.Xlsx))
            .ProducesValidationProblem()
            .Fails(404, 500, 503);
    }

    private static async Task<IResult> WriteAsync(
        HttpContext context, IReportService reports, IPeopleService people, ReportKind kind)
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
            ("employeeId", kind == ReportKind.Person && employeeId.Length == 0 ? "Say whose days." : null),
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

        var report = reports.Create(new ReportRequest { Kind = kind, FirstDate = from, LastDate = to, Person = person });
        return new ReportResult(report, format, new ReportOptions { ByteOrderMark = bomText == "true" });
    }

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

using Microsoft.AspNetCore.Mvc;

namespace Frat.WebHost;

/// <summary>Writes everything that is kept of a person into the answer while it is read from the store: for the API, and for the page.</summary>
internal sealed class PersonExportResult(PersonExportService exports, Person person, AuditNote note, bool encodings) : IResult, IActionResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.ContentDisposition = "attachment; filename=\"person.json\"";
        return exports.WriteAsync(person.Id, response.Body, note, new PersonExportOptions { IncludeEncodings = encodings }, httpContext.RequestAborted);
    }

    public Task ExecuteResultAsync(ActionContext context) => ExecuteAsync(context.HttpContext);
}

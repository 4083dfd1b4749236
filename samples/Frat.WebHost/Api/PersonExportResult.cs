using Microsoft.AspNetCore.Mvc;

namespace Frat.WebHost;

/// <summary>
/// Writes everything that is kept of a person into the answer while it is read from the store: for the API, and for the page.
/// </summary>
internal sealed class PersonExportResult(IPersonExportService exports, Person person, AuditNote note, bool encodings)
    : IResult, IActionResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        if (await httpContext.RequestServices.GetRequiredService<LongAnswers>().EnterAsync(httpContext) is { } busy)
        {
            await busy.WriteAsync(httpContext);
            return;
        }

        var response = httpContext.Response;
        response.ContentType = "application/json; charset=utf-8";
        response.Headers.ContentDisposition = "attachment; filename=\"person.json\"";
        await exports.WriteAsync(
            person.Id, response.Body, note, new PersonExportOptions { IncludeEncodings = encodings }, httpContext.RequestAborted);
    }

    public Task ExecuteResultAsync(ActionContext context) => ExecuteAsync(context.HttpContext);
}

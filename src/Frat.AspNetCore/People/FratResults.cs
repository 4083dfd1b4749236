namespace Frat.AspNetCore;

/// <summary>Answers that an application's own endpoints and pages can give, too, in place of FRAT's.</summary>
public static class FratResults
{
    /// <summary>
    /// Everything that is kept of a person, as <see cref="PersonExportService"/> writes it, into the answer while it is read. It takes a
    /// turn among the long answers, of which few are written at once: where too many wait, the answer is <c>busy</c> (503).
    /// </summary>
    /// <param name="personId">Whose.</param>
    /// <param name="note">Who asks for it.</param>
    /// <param name="options">What is left out.</param>
    /// <returns>The answer.</returns>
    public static IResult PersonExport(Guid personId, AuditNote note, PersonExportOptions options)
    {
        ArgumentNullException.ThrowIfNull(note);
        ArgumentNullException.ThrowIfNull(options);
        return new Export(personId, note, options);
    }

    private sealed class Export(Guid personId, AuditNote note, PersonExportOptions options) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var services = httpContext.RequestServices;
            if (await services.GetRequiredService<LongAnswers>().EnterAsync(httpContext) is { } busy)
            {
                await busy.ExecuteAsync(httpContext);
                return;
            }

            var response = httpContext.Response;
            response.ContentType = "application/json; charset=utf-8";
            response.Headers.ContentDisposition = "attachment; filename=\"person.json\"";
            await services.GetRequiredService<PersonExportService>().WriteAsync(
                personId, response.Body, note, options, httpContext.RequestAborted);
        }
    }
}

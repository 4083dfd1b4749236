using Microsoft.AspNetCore.Http.Metadata;

namespace Frat.AspNetCore;

/// <summary>
/// What is around each endpoint of the package, so that it needs nothing of the application: its address and body are looked at before they
/// are read, and whatever goes wrong is answered as a problem. Endpoint filters alone would not do: parameters are read before them.
/// </summary>
internal static class Envelope
{
    public static void Wrap(EndpointBuilder endpoint)
    {
        if (endpoint.RequestDelegate is not { } inner)
        {
            return;
        }

        if (!endpoint.Metadata.OfType<IRequestSizeLimitMetadata>().Any())
        {
            endpoint.Metadata.Add(new SizeLimit(UploadLimits.MaxPlainBytes));
        }

        endpoint.RequestDelegate = context => RunAsync(context, inner);
    }

    private static async Task RunAsync(HttpContext context, RequestDelegate inner)
    {
        var response = context.Response;
        if (response.Headers.CacheControl.Count == 0)
        {
            response.Headers.CacheControl = "no-store"; // Answers are about people.
        }

        if (!RequestTarget.IsClear(context))
        {
            await RequestTarget.Unclear.RefuseAsync(context);
            return;
        }

        if (await BodyLimits.CheckAsync(context) is { } problem)
        {
            await problem.ExecuteAsync(context);
            return;
        }

        try
        {
            await inner(context);
        }
        catch (Exception exception) when (!response.HasStarted && FratProblem.OfKnown(exception) is not null)
        {
            await AnswerAsync(context, exception);
            return;
        }

        // Of the framework's: a parameter that can't be read.
        if (!response.HasStarted && response is { StatusCode: >= 400, ContentType: null, ContentLength: null })
        {
            await FratProblem.OfStatus(response.StatusCode).ExecuteAsync(context);
        }
    }

    // All others are the application's: it knows whom to tell of what nobody foresaw.
    private static Task AnswerAsync(HttpContext context, Exception exception)
    {
        var problem = FratProblem.Of(exception);
        if (problem.Status >= StatusCodes.Status500InternalServerError)
        {
            context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(Envelope)).RequestFailed(
                problem.Code, exception.Message);
        }

        context.Response.ContentLength = null;
        context.Response.Headers.ContentDisposition = default;
        return problem.ExecuteAsync(context);
    }
}

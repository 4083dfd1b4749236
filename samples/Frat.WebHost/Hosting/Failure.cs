using Microsoft.AspNetCore.Mvc;

namespace Frat.WebHost;

/// <summary>Something that went wrong, in the words that the caller is told; each API form renders it in its own way.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">A stable name for programs.</param>
/// <param name="Message">A sentence for a person.</param>
internal sealed record Failure(int Status, string Code, string Message)
{
    /// <summary>When to try again, where that makes sense.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the rest of the request isn't read, so that the connection can't take another one.</summary>
    public bool ClosesConnection { get; init; }

    /// <summary>More facts for programs, as members of the problem.</summary>
    public IReadOnlyDictionary<string, object?> Facts { get; init; } = new Dictionary<string, object?>();

    /// <summary>What is wrong with each field, where it is known.</summary>
    public IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    public static Failure OfStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => new(status, "notFound", "There is nothing at this address."),
        StatusCodes.Status405MethodNotAllowed => new(status, "methodNotAllowed", "This address does not answer to this method."),
        StatusCodes.Status408RequestTimeout => Arrivals.TooSlow,
        StatusCodes.Status413PayloadTooLarge =>
            new(status, "requestTooLarge", "The request is larger than this address takes.") { ClosesConnection = true },
        StatusCodes.Status415UnsupportedMediaType => new(status, "unsupportedMediaType", "This address does not take this content type."),
        >= 500 => new(status, "unexpected", "Something went wrong on our side."),
        _ => new(status, "badRequest", "The request could not be understood."),
    };

    /// <summary>Answers in the form that the caller of this path understands.</summary>
    public Task WriteAsync(HttpContext context) => WriteAsync(context, AnswerForms.Of(context.Request.Path));

    public async Task WriteAsync(HttpContext context, AnswerForm form)
    {
        context.Response.StatusCode = Status;
        if (RetryAfter is { } delay)
        {
            context.Response.Headers.RetryAfter = ((int)Math.Ceiling(delay.TotalSeconds)).ToString(
                System.Globalization.CultureInfo.InvariantCulture);
        }

        if (ClosesConnection && HttpProtocol.IsHttp11(context.Request.Protocol))
        {
            context.Response.Headers.Connection = "close";
        }

        switch (form)
        {
            case AnswerForm.Original:
                await context.Response.WriteAsJsonAsync(OriginalAnswer.Of(this));
                break;
            case AnswerForm.Problem:
                await TypedResults.Problem(ToProblem()).ExecuteAsync(context);
                break;
            default:
                context.Response.ContentType = "text/plain; charset=utf-8";
                await context.Response.WriteAsync(Message);
                break;
        }
    }

    private ProblemDetails ToProblem()
    {
        var problem = Errors is null
            ? new ProblemDetails()
            : new HttpValidationProblemDetails(Errors.ToDictionary(error => error.Key, error => error.Value));
        problem.Status = Status;
        problem.Title = null;
        problem.Detail = Message;
        problem.Extensions["code"] = Code;
        foreach (var (name, value) in Facts)
        {
            problem.Extensions[name] = value;
        }

        return problem;
    }
}

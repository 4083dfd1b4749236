using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace Frat.AspNetCore;

/// <summary>
/// Something that went wrong, in the words that the caller is told: problem details (RFC 9457) with a stable <c>code</c>, whatever the
/// application's own settings of JSON and problems are. Immutable.
/// </summary>
public sealed class FratProblem : IResult
{
    /// <summary>Creates a problem of which the required members are set.</summary>
    public FratProblem()
    {
    }

    [SetsRequiredMembers]
    internal FratProblem(int status, string code, string message) => (Status, Code, Message) = (status, code, message);

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>A stable name for programs, such as <c>personNotFound</c>.</summary>
    public required string Code { get; init; }

    /// <summary>A sentence for a person.</summary>
    public required string Message { get; init; }

    /// <summary>When to try again, where that makes sense.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the rest of the request isn't read, so that the connection can't take another one.</summary>
    internal bool ClosesConnection { get; init; }

    /// <summary>More facts for programs, as members of the problem: texts and whole numbers.</summary>
    internal IReadOnlyDictionary<string, object?> Facts { get; init; } = new Dictionary<string, object?>();

    /// <summary>What is wrong with each field, where it is known.</summary>
    internal IReadOnlyDictionary<string, string[]>? Errors { get; init; }

    /// <summary>The problem that an exception of FRAT's, or of the server's, is for the caller.</summary>
    /// <param name="exception">What was thrown, such as by <see cref="IEnrollmentService"/> or a store.</param>
    /// <returns>The problem; for an exception that is none of those, <c>unexpected</c> with status 500. It never tells a secret.</returns>
    public static FratProblem Of(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return OfKnown(exception) ?? OfStatus(StatusCodes.Status500InternalServerError);
    }

    /// <summary>The problem of a bare status code.</summary>
    /// <param name="status">The HTTP status, 400 and up.</param>
    /// <returns>The problem.</returns>
    public static FratProblem OfStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => new(status, "notFound", "There is nothing at this address."),
        StatusCodes.Status405MethodNotAllowed => new(status, "methodNotAllowed", "This address does not answer to this method."),
        StatusCodes.Status408RequestTimeout => new(status, "requestTooSlow", "The request did not arrive in time.")
        {
            ClosesConnection = true,
        },
        StatusCodes.Status413PayloadTooLarge =>
            new(status, "requestTooLarge", "The request is larger than this address takes.") { ClosesConnection = true },
        StatusCodes.Status415UnsupportedMediaType => new(status, "unsupportedMediaType", "This address does not take this content type."),
        >= 500 => new(status, "unexpected", "Something went wrong on our side."),
        _ => new(status, "badRequest", "The request could not be understood."),
    };

    /// <summary>
    /// Answers with the problem, in the form that the endpoint's callers understand: that of the original application for
    /// <c>MapFratFlaskCompatibility()</c>, else problem details.
    /// </summary>
    /// <param name="httpContext">The request.</param>
    /// <returns>A task that completes when it is written.</returns>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (RetryAfter is { } delay)
        {
            response.Headers.RetryAfter = ((int)Math.Ceiling(delay.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (ClosesConnection && HttpProtocol.IsHttp11(httpContext.Request.Protocol))
        {
            response.Headers.Connection = "close";
        }

        // An exception handler takes the endpoint away before it asks for an answer.
        var endpoint = httpContext.GetEndpoint() ?? httpContext.Features.Get<IExceptionHandlerFeature>()?.Endpoint;
        return endpoint?.Metadata.GetMetadata<ProblemForm>() is { } form ? form.Write(this, httpContext) : WriteDetailsAsync(httpContext);
    }

    /// <summary>Answers with the problem, and counts it as refused: see <c>frat.web.refused</c>. The log says it once a minute.</summary>
    /// <param name="httpContext">The request, of an application with <c>AddFratEndpoints()</c>.</param>
    /// <returns>A task that completes when it is written.</returns>
    public Task RefuseAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        httpContext.RequestServices.GetRequiredService<Refusals>().Count(Code);
        return ExecuteAsync(httpContext);
    }

    /// <summary>The same, for a request of which the rest isn't read.</summary>
    internal FratProblem ClosingConnection() => new(Status, Code, Message)
    {
        RetryAfter = RetryAfter,
        ClosesConnection = true,
        Facts = Facts,
        Errors = Errors,
    };

    /// <summary>The problem that an exception is; null where it is none of FRAT's or the server's.</summary>
    internal static FratProblem? OfKnown(Exception exception) => exception switch
    {
        InvalidFaceImageException invalid => ImageProblems.Of(invalid),
        StoreException { IsTransient: true } => new(
            StatusCodes.Status503ServiceUnavailable,
            "storeUnavailable",
            "The database can't be reached at the moment. Nothing was recorded; please try again.")
        {
            RetryAfter = TimeSpan.FromSeconds(2),
        },
        StoreException => new(StatusCodes.Status500InternalServerError, "storeFailed", "The database failed; the host's log says why."),
        ModelFileException => new(
            StatusCodes.Status503ServiceUnavailable,
            "modelsUnavailable",
            "Faces can't be recognised at the moment: a model file is missing or damaged. The host's log says which."),
        FratException => OfStatus(StatusCodes.Status500InternalServerError),
        BadHttpRequestException bad => OfStatus(bad.StatusCode),
        _ => null,
    };

    private Task WriteDetailsAsync(HttpContext context)
    {
        var problem = Errors is null
            ? new ProblemDetails()
            : new HttpValidationProblemDetails(Errors.ToDictionary(error => error.Key, error => error.Value));
        problem.Status = Status;
        problem.Title = null;
        problem.Detail = Message;
        problem.Extensions["code"] = Code;
        problem.Extensions["traceId"] = Activity.Current?.Id ?? context.TraceIdentifier;
        foreach (var (name, value) in Facts)
        {
            problem.Extensions[name] = value;
        }

        // The framework knows the title and type of each status; the writing is not left to the application's settings of JSON.
        _ = TypedResults.Problem(problem);
        return context.Response.WriteAsJsonAsync(
            problem, problem.GetType(), ProblemJson.Default, "application/problem+json", context.RequestAborted);
    }
}

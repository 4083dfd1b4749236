using Microsoft.AspNetCore.Diagnostics;

namespace Frat.WebHost;

/// <summary>
/// The one place that turns exceptions and bare status codes into answers. No answer carries a stack trace, in any environment.
/// </summary>
internal static class Errors
{
    public static void AddErrors(this WebApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<FailureExceptionHandler>();
    }

    public static void UseErrors(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error",
            StatusCodeSelector = exception => FailureExceptionHandler.ToFailure(exception).Status,
            SuppressDiagnosticsCallback = _ => true, // The handler logs what is worth it, once.
        });
        app.UseWhen(
            context => AnswerForms.Of(context.Request.Path) != AnswerForm.Page,
            calls => calls.UseStatusCodePages(
                context => Failure.OfStatus(context.HttpContext.Response.StatusCode).WriteAsync(context.HttpContext)));
        app.UseWhen(
            context => AnswerForms.Of(context.Request.Path) == AnswerForm.Page,
            pages => pages.UseStatusCodePagesWithReExecute("/error", "?code={0}"));
    }

    private sealed class FailureExceptionHandler(ILogger<FailureExceptionHandler> logger) : IExceptionHandler
    {
        private static readonly TimeSpan StoreRetryDelay = TimeSpan.FromSeconds(2);

        public static Failure ToFailure(Exception exception) => exception switch
        {
            InvalidFaceImageException invalid => ImageFailures.Of(invalid),
            StoreException { IsTransient: true } => new(
                StatusCodes.Status503ServiceUnavailable,
                "storeUnavailable",
                "The database can't be reached at the moment. Nothing was recorded; please try again.")
            {
                RetryAfter = StoreRetryDelay,
            },
            StoreException => new(StatusCodes.Status500InternalServerError, "storeFailed", "The database failed; the host's log says why."),
            ModelFileException => new(
                StatusCodes.Status503ServiceUnavailable,
                "modelsUnavailable",
                "Faces can't be recognised at the moment: a model file is missing or damaged. The host's log says which."),
            BadHttpRequestException bad => Failure.OfStatus(bad.StatusCode),
            _ => Failure.OfStatus(StatusCodes.Status500InternalServerError),
        };

        public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            var failure = ToFailure(exception);
            if (failure.Status >= StatusCodes.Status500InternalServerError)
            {
                Record(failure, exception);
            }

            // The request's own path has become the error page's by now.
            var form = AnswerForms.Of(httpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path);
            if (form == AnswerForm.Page)
            {
                return false;
            }

            await failure.WriteAsync(httpContext, form);
            return true;
        }

        private void Record(Failure failure, Exception exception)
        {
            if (exception is FratException)
            {
                logger.RequestFailed(failure.Code, exception.Message);
            }
            else
            {
                logger.RequestFailedUnexpectedly(exception);
            }
        }
    }
}

using Frat.Storage.EfCore;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Frat.WebHost;

/// <summary>
/// What becomes of exceptions and bare status codes that FRAT's endpoints don't answer themselves: a page where a person asked, problem
/// details where a program did. No answer carries a stack trace, in any environment.
/// </summary>
internal static class Errors
{
    public static void AddErrors(this WebApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails();
        builder.Services.AddExceptionHandler<Handler>();
    }

    public static void UseErrors(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandlingPath = "/error",
            StatusCodeSelector = exception => FratProblem.Of(exception).Status,
            SuppressDiagnosticsCallback = _ => true, // The handler logs what is worth it, once.
        });
        app.UseWhen(
            context => Addresses.IsForPrograms(context.Request.Path),
            calls => calls.UseStatusCodePages(
                context => FratProblem.OfStatus(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext)));
        app.UseWhen(
            context => !Addresses.IsForPrograms(context.Request.Path),
            pages => pages.UseStatusCodePagesWithReExecute("/error", "?code={0}"));
    }

    private sealed class Handler(IFratDatabase database, ILogger<Handler> logger) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
        {
            exception = database.Translate("Request", exception) ?? exception; // The accounts share the stores' database.
            var problem = FratProblem.Of(exception);
            if (problem.Status >= StatusCodes.Status500InternalServerError)
            {
                Record(problem, exception);
            }

            // The request's own path has become the error page's by now.
            var feature = httpContext.Features.Get<IExceptionHandlerPathFeature>();
            var isCall = Addresses.IsForPrograms(feature?.Path)
                || (feature?.Endpoint is { } endpoint && endpoint.Metadata.GetMetadata<PageActionDescriptor>() is null);
            if (isCall)
            {
                await problem.ExecuteAsync(httpContext);
            }

            return isCall;
        }

        private void Record(FratProblem problem, Exception exception)
        {
            if (exception is FratException)
            {
                logger.RequestFailed(problem.Code, exception.Message);
            }
            else
            {
                logger.RequestFailedUnexpectedly(exception);
            }
        }
    }
}

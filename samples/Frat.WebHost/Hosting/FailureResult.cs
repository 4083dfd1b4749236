namespace Frat.WebHost;

/// <summary>A <see cref="Failure"/> as the result of an endpoint.</summary>
internal sealed class FailureResult(Failure failure) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext) => failure.WriteAsync(httpContext);
}

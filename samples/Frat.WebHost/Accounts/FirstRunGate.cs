using Microsoft.AspNetCore.StaticAssets;

namespace Frat.WebHost;

/// <summary>Keeps everything closed until there is an administrator.</summary>
internal static class FirstRunGate
{
    private static readonly FratProblem NotSetUp = new()
    {
        Status = StatusCodes.Status503ServiceUnavailable,
        Code = "notSetUp",
        Message = "This host has no administrator yet. Create one by the link that it printed when it was started.",
    };

    public static void UseFirstRunGate(this WebApplication app)
    {
        if (app.Configuration.IsOpen())
        {
            return;
        }

        var firstRun = app.Services.GetRequiredService<FirstRun>();
        app.Use(async (context, next) =>
        {
            if (IsOpenBefore(context) || await firstRun.IsDoneAsync(context.RequestAborted))
            {
                await next(context);
            }
            else if (Addresses.IsForPrograms(context.Request.Path) || !HttpMethods.IsGet(context.Request.Method))
            {
                await NotSetUp.RefuseAsync(context);
            }
            else
            {
                context.Response.Redirect(context.Request.PathBase + FirstLink.Path);
            }
        });
    }

    private static bool IsOpenBefore(HttpContext context) =>
        context.Request.Path.StartsWithSegments(FirstLink.Path, StringComparison.OrdinalIgnoreCase)
        || context.Request.Path.StartsWithSegments("/health")
        || context.Request.Path.StartsWithSegments("/error") // What went wrong on the way to an administrator.
        || context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;
}

namespace Frat.WebHost;

/// <summary>How FRAT's calls know who makes them.</summary>
internal static class CallSetup
{
    public static void AddFratCalls(this WebApplicationBuilder builder)
    {
        var isOpen = builder.Configuration.IsOpen();
        builder.Services.AddFratEndpoints(endpoints =>
        {
            endpoints.Actor = Callers.Of;
            endpoints.CallersNameThemselves = isOpen; // There is nobody else who could.
            endpoints.TrustsClockOf = context => context.User.HasClaim(ApiKeyHandler.ScopeClaim, FratPolicies.CheckIn);
        });
    }
}

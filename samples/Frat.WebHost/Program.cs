using Frat.WebHost;
using Frat.WebHost.Pages;

return await StartUp.RunAsync(async () =>
{
    var builder = WebApplication.CreateBuilder(StartUp.Options(args));
    builder.WebHost.UseStaticWebAssets(); // So that the built host serves its pages in every environment, without being published.
    builder.AddConciseLogging();
    builder.AddTelemetry();
    builder.AddProxies();
    builder.AddAccess();
    builder.AddErrors();
    builder.AddBodyLimits();
    builder.AddForms();
    builder.AddAccounts(builder.AddFratEngine());
    builder.AddPins();
    builder.AddSettings();
    builder.AddDevices();
    builder.AddKiosk();
    builder.AddFratCalls();
    builder.AddApiDocument();
    builder.AddPages();
    builder.AddHealth();

    var app = builder.Build();
    if (await HostCommands.RunAsync(app, args))
    {
        return;
    }

    app.UseProxies();
    app.UseSecurityHeaders();
    app.UseErrors();
    app.UseFratClearAddresses();
    app.UseRouting(); // Before anybody is refused: the endpoint says in which form.
    app.UseAccess();
    app.UseFratBodyLimits();
    app.UseFirstRunGate();
    app.UseAuthentication();
    app.UseKioskAsHome();
    app.UseAuthorization();
    app.MapStaticAssets().AllowAnonymous();
    app.MapRazorPages().WithStaticAssets();
    app.MapKiosk();
    app.MapFratFlaskCompatibility().RequireFratPolicies();
    app.MapFrat(Addresses.Api).RequireFratPolicies();
    app.MapPins();
    app.MapOpenApi().RequireAuthorization(Permissions.OwnAccount);
    app.MapHealth();
    await app.RunAsync();
});

using Frat.WebHost;
using Frat.WebHost.Pages;

return await StartUp.RunAsync(async () =>
{
    var builder = WebApplication.CreateBuilder(StartUp.Options(args));
    builder.WebHost.UseStaticWebAssets(); // So that the built host serves its pages in every environment, without being published.
    builder.AddConciseLogging();
    builder.AddAccess();
    builder.AddErrors();
    builder.AddBodyLimits();
    builder.AddForms();
    builder.AddFratEngine();
    builder.Services.AddFratEndpoints(endpoints => endpoints.CallersNameThemselves = true); // There are no users yet.
    builder.AddApiDocument();
    builder.AddPages();
    builder.AddHealth();

    var app = builder.Build();
    app.UseSecurityHeaders();
    app.UseErrors();
    app.UseFratClearAddresses();
    app.UseRouting(); // Before anybody is refused: the endpoint says in which form.
    app.UseAccess();
    app.UseFratBodyLimits();
    app.MapStaticAssets();
    app.MapRazorPages().WithStaticAssets();
    app.MapFratFlaskCompatibility();
    app.MapFrat(Addresses.Api);
    app.MapOpenApi();
    app.MapHealth();
    await app.RunAsync();
});

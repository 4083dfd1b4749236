using Frat.WebHost;

return await StartUp.RunAsync(async () =>
{
    var builder = WebApplication.CreateBuilder(StartUp.Options(args));
    builder.WebHost.UseStaticWebAssets(); // So that the built host serves its pages in every environment, without being published.
    builder.AddConciseLogging();
    builder.AddAccess();
    builder.AddErrors();
    builder.AddBodyLimits();
    builder.AddUploads();
    builder.AddForms();
    builder.AddFratEngine();
    builder.AddApiDocument();
    builder.Services.AddRazorPages();
    builder.AddHealth();

    var app = builder.Build();
    app.UseSecurityHeaders();
    app.UseErrors();
    app.UseClearTargets();
    app.UseAccess();
    app.UseRouting();
    app.UseBodyLimits();
    app.MapStaticAssets();
    app.MapRazorPages().WithStaticAssets();
    app.MapOriginalApi();
    app.MapApi();
    app.MapOpenApi();
    app.MapHealth();
    await app.RunAsync();
});

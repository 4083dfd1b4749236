using Frat.Storage.EfCore;

namespace Frat.WebHost;

/// <summary>
/// What the host does instead of running. <c>Frat.WebHost administrator</c> prints a link by which an administrator's account is created,
/// for a site whose administrators can't sign in any more: who may run it has the database and its keys anyway. <c>Frat.WebHost migrate</c>
/// brings the database up to date.
/// </summary>
internal static class HostCommands
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    /// <summary>Runs the command, if there is one.</summary>
    /// <returns>Whether there was.</returns>
    public static async Task<bool> RunAsync(WebApplication app, IReadOnlyList<string> arguments)
    {
        switch (arguments)
        {
            case ["migrate", ..]:
                await app.Services.GetRequiredService<IFratDatabase>().MigrateAsync();
                await Console.Out.WriteLineAsync("The database is up to date.");
                return true;
            case ["administrator", ..]:
                var key = app.Services.GetRequiredService<FirstLink>().CreateKey(Lifetime, forAnother: true);
                await Console.Out.WriteLineAsync(
                    $"""
                    Create an administrator within an hour, by this link (or the same at another address of the running host):
                      {FirstRunNote.AddressOf(AddressesOf(app), key)}
                    """);
                return true;
            default:
                return false;
        }
    }

    private static string[] AddressesOf(WebApplication app) =>
        app.Configuration["urls"]?.Split(';') ?? ["http://localhost:5000"];
}

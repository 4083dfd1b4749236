using Microsoft.AspNetCore.StaticAssets;
using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;

namespace Frat.WebHost;

/// <summary>Whether the host has an administrator. Until it has, nothing but the way to create one is reachable.</summary>
/// <remarks>Thread-safe. That there is one is remembered: it stays so.</remarks>
internal sealed class FirstRun(IServiceScopeFactory scopes)
{
    private volatile bool _isDone;

    public async ValueTask<bool> IsDoneAsync(CancellationToken cancellationToken)
    {
        if (!_isDone)
        {
            await using var scope = scopes.CreateAsyncScope();
            var accounts = scope.ServiceProvider.GetRequiredService<AccountsContext>();
            _isDone = await accounts.Users.AnyAsync(account => account.Role == AccountRole.Administrator, cancellationToken);
        }

        return _isDone;
    }
}

/// <summary>Prints the link at the start of a host that has no administrator, where only who started it reads it.</summary>
internal sealed class FirstRunNote(
    FirstRun firstRun, FirstLink links, IServer server, IHostApplicationLifetime lifetime, IConfiguration settings) : BackgroundService
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>The address of a link, at an address that the host listens on.</summary>
    public static string AddressOf(IEnumerable<string>? addresses, string key)
    {
        var address = BindingAddress.Parse(addresses?.FirstOrDefault() ?? "http://localhost");
        var name = IsHere(address.Host) ? "localhost" : address.Host;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{address.Scheme}://{name}:{address.Port}{address.PathBase}{FirstLink.Path}?key={Uri.EscapeDataString(key)}");
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (settings.IsOpen())
        {
            return;
        }

        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        if (!await firstRun.IsDoneAsync(stoppingToken))
        {
            // Not to the log, which may be kept and sent elsewhere.
            await Console.Out.WriteLineAsync(
                $"""

                This host has no administrator yet. Create one within 24 hours, by this link (or the same at another address of this host):
                  {AddressOf(server.Features.Get<IServerAddressesFeature>()?.Addresses, links.CreateKey(Lifetime, forAnother: false))}

                """);
        }
    }

    // A passkey belongs to a name, and this machine has one.
    private static bool IsHere(string host) => host is "*" or "+" or "0.0.0.0" or "[::]" or "127.0.0.1" or "[::1]";
}

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
        || context.GetEndpoint()?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;
}

using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Frat.WebHost;

/// <summary>Prints the link at the start of a host that has no administrator, where only who started it reads it.</summary>
internal sealed class FirstRunNote(FirstRun firstRun, FirstLink links, IServer server) : IHostedLifecycleService
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

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (!await firstRun.IsDoneAsync(cancellationToken))
        {
            // Not to the log, which may be kept and sent elsewhere.
            await Console.Out.WriteLineAsync(
                $"""

                This host has no administrator yet. Create one within 24 hours, by this link (or the same at another address of this host):
                  {AddressOf(server.Features.Get<IServerAddressesFeature>()?.Addresses, links.CreateKey(Lifetime, forAnother: false))}

                """);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // A passkey belongs to a name, and this machine has one.
    private static bool IsHere(string host) => host is "*" or "+" or "0.0.0.0" or "[::]" or "127.0.0.1" or "[::1]";
}

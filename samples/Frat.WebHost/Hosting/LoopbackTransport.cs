using System.Net;
using Frat.Hosting;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace Frat.WebHost;

/// <summary>
/// Has a host without a sign-in refuse to listen beyond this machine. It stands where every address passes, however it was configured:
/// command line, environment, Kestrel's section, or code.
/// </summary>
internal sealed class LoopbackTransport(IConnectionListenerFactory transport, IOptions<AccessOptions> access)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    public bool CanBind(EndPoint endpoint) => transport is not IConnectionListenerFactorySelector selector || selector.CanBind(endpoint);

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        Check(endpoint, access);
        var listener = await transport.BindAsync(endpoint, cancellationToken);
        try
        {
            Check(listener.EndPoint, access); // A socket that was inherited as a handle tells its address only now.
            return listener;
        }
        catch (SettingException)
        {
            await listener.DisposeAsync();
            throw;
        }
    }

    private static void Check(EndPoint endpoint, IOptions<AccessOptions> access)
    {
        if (access.Value is { Access: AccessMode.Open, OpenToNetwork: false }
            && endpoint is IPEndPoint ip && !IPAddress.IsLoopback(ip.Address))
        {
            throw new SettingException(
                $"It was told to listen on {ip}, which other machines can reach, and Frat:Access is Open, so that anyone there could "
                    + "register people and read the records without a sign-in. Listen on localhost, leave Frat:Access out, or confirm it "
                    + "with Frat:OpenToNetwork=true.");
        }
    }

    /// <summary>The same for HTTP/3, which listens by UDP.</summary>
    internal sealed class Multiplexed(IMultiplexedConnectionListenerFactory transport, IOptions<AccessOptions> access)
        : IMultiplexedConnectionListenerFactory, IConnectionListenerFactorySelector
    {
        public bool CanBind(EndPoint endpoint) =>
            transport is not IConnectionListenerFactorySelector selector || selector.CanBind(endpoint);

        public ValueTask<IMultiplexedConnectionListener> BindAsync(
            EndPoint endpoint, IFeatureCollection? features = null, CancellationToken cancellationToken = default)
        {
            Check(endpoint, access);
            return transport.BindAsync(endpoint, features, cancellationToken);
        }
    }
}

using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Frat.WebHost;

/// <summary>
/// Before it listens, has the host answer a check-in of its own, as if it had come by the network: a picture without a face, by which
/// nothing is recorded. What the engine and the store take is warm by then.
/// </summary>
internal sealed class WarmServer(IServer server, IServiceProvider services, ILogger<WarmServer> logger) : IServer
{
    private const string Path = Addresses.Api + "/check-ins";
    private const string Boundary = "warm-up";
    private const string Head = "--" + Boundary + "\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n\r\n";
    private const string End = "\r\n--" + Boundary + "--\r\n";

    // The first compiles, the next ones have what is called often compiled again for speed.
    private const int Rounds = 3;

    // A grey PNG of 64 × 64 pixels.
    private const string Picture =
        "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAAAAACPAi4CAAAAKUlEQVR42u3MQREAAAwCIKMb3RD77SAA6VEEAoFAIBAIBAKBQCAQ"
            + "fA8G320AeXC6efoAAAAASUVORK5CYII=";

    public IFeatureCollection Features => server.Features;

    public async Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
        where TContext : notnull
    {
        try
        {
            for (var round = 0; round < Rounds; round++)
            {
                await AnswerAsync(application);
            }
        }
        catch (Exception exception)
        {
            logger.NotWarm(exception); // It is no reason not to listen.
        }

        await server.StartAsync(application, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => server.StopAsync(cancellationToken);

    public void Dispose() => server.Dispose();

    private async Task AnswerAsync<TContext>(IHttpApplication<TContext> application)
        where TContext : notnull
    {
        var features = Request().Features;
        var context = application.CreateContext(features);
        Exception? failure = null;
        try
        {
            await application.ProcessRequestAsync(context);
        }
        catch (Exception exception)
        {
            failure = exception;
            throw;
        }
        finally
        {
            application.DisposeContext(context, failure);
        }

        // Nobody is signed in here, so a host that asks for it stops before the endpoint: that is gone to without a question then.
        if (features.GetRequiredFeature<IHttpResponseFeature>().StatusCode != StatusCodes.Status200OK
            && features.Get<IEndpointFeature>()?.Endpoint is { RequestDelegate: { } endpoint })
        {
            await using var scope = services.CreateAsyncScope();
            var call = Request();
            call.RequestServices = scope.ServiceProvider;
            await endpoint(call);
        }
    }

    private static DefaultHttpContext Request()
    {
        using var body = new MemoryStream();
        body.Write(Encoding.ASCII.GetBytes(Head));
        body.Write(Convert.FromBase64String(Picture));
        body.Write(Encoding.ASCII.GetBytes(End));
        var request = new DefaultHttpContext().Request;
        request.Method = HttpMethods.Post;
        request.Protocol = HttpProtocol.Http11;
        request.Scheme = Uri.UriSchemeHttp;
        request.Host = new HostString("localhost");
        request.Path = Path;
        request.ContentType = "multipart/form-data; boundary=" + Boundary;
        request.ContentLength = body.Length;
        request.Body = new MemoryStream(body.ToArray());
        request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = Path;
        request.HttpContext.Response.Body = new MemoryStream();
        return (DefaultHttpContext)request.HttpContext;
    }
}

/// <summary>Has the host be warm before it listens.</summary>
internal static class WarmStart
{
    public static void AddWarmStart(this WebApplicationBuilder builder, FratBuilder frat)
    {
        if (builder.Configuration.GetValue("Frat:WarmUp", defaultValue: true))
        {
            frat.WarmUpAtStart();
            builder.Services.Decorate<IServer>((services, server) => ActivatorUtilities.CreateInstance<WarmServer>(services, server));
        }
    }
}

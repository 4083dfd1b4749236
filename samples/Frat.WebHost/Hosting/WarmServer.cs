using System.Text;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;

namespace Frat.WebHost;

/// <summary>
/// Before it listens, has the host answer a check-in, and a look and a beat of a kiosk, as if they had come by the network: with a picture
/// without a face, by which nothing is recorded. What the engine and the store take is warm by then.
/// </summary>
internal sealed class WarmServer(IServer server, IServiceProvider services, ILogger<WarmServer> logger) : IServer
{
    private const string Boundary = "warm-up";
    private const string Head = "--" + Boundary + "\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n\r\n";
    private const string End = "\r\n--" + Boundary + "--\r\n";

    // The first compiles, the next ones have what is called often compiled again for speed.
    private const int Rounds = 3;

    private static readonly string NoDevice = $"frat.device={new string('0', 32)}.{new string('0', 64)}";

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
                await AnswerAsync(application, CheckIn);
                await AnswerAsync(application, Look);
                await AnswerAsync(application, Beat);
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

    private async Task AnswerAsync<TContext>(IHttpApplication<TContext> application, Func<DefaultHttpContext> ask)
        where TContext : notnull
    {
        var features = ask().Features;
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
            var call = ask();
            call.RequestServices = scope.ServiceProvider;
            await endpoint(call);
        }
    }

    private static DefaultHttpContext CheckIn()
    {
        byte[] body = [.. Encoding.ASCII.GetBytes(Head), .. Convert.FromBase64String(Picture), .. Encoding.ASCII.GetBytes(End)];
        return Request(Addresses.Api + "/check-ins", "multipart/form-data; boundary=" + Boundary, body);
    }

    private static DefaultHttpContext Look() => Request(Addresses.KioskCalls + "/look", "image/png", Convert.FromBase64String(Picture));

    private static DefaultHttpContext Beat() => Request(Addresses.KioskCalls + "/beat", "application/json", "{}"u8.ToArray());

    private static DefaultHttpContext Request(string path, string type, byte[] body)
    {
        var request = new DefaultHttpContext().Request;
        request.Method = HttpMethods.Post;
        request.Protocol = HttpProtocol.Http11;
        request.Scheme = Uri.UriSchemeHttp;
        request.Host = new HostString("localhost");
        request.Path = path;
        request.ContentType = type;
        request.ContentLength = body.Length;
        request.Body = new MemoryStream(body);
        request.Headers.Cookie = NoDevice; // So that a device is looked for, and none is found.
        request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = path;
        request.HttpContext.Features.Set<IHttpMaxRequestBodySizeFeature>(new AnyBody());
        request.HttpContext.Response.Body = new MemoryStream();
        return (DefaultHttpContext)request.HttpContext;
    }

    /// <summary>What a limit is set of, as a server has it: without it, routing warns.</summary>
    private sealed class AnyBody : IHttpMaxRequestBodySizeFeature
    {
        public bool IsReadOnly => false;

        public long? MaxRequestBodySize { get; set; }
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

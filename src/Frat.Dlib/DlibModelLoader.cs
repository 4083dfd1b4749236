using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Frat.Dlib;

/// <summary>
/// Loads the models when the host starts: a missing file stops the start with a clear message, and the first request is fast. Where the
/// application, or a test of it, has another encoder, no model file is touched.
/// </summary>
internal sealed class DlibModelLoader(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) =>
        services.GetService<IFaceEncoder>() is DlibFaceEncoder encoder ? encoder.LoadAsync(cancellationToken) : Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

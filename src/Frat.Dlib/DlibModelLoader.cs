using Microsoft.Extensions.Hosting;

namespace Frat.Dlib;

/// <summary>
/// Loads the models when the host starts: a missing file stops the start with a clear message, and the first request is fast.
/// </summary>
internal sealed class DlibModelLoader(DlibFaceEncoder encoder) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => encoder.LoadAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

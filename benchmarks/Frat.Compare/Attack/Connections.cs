using System.Net.Sockets;

namespace Frat.Compare.Attack;

/// <summary>Many connections at once, each of which comes again when it is refused, until the attack is over.</summary>
internal static class Connections
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <param name="count">How many.</param>
    /// <param name="run">What each does, by its number.</param>
    /// <param name="cancellationToken">The end of the attack.</param>
    public static Task RunAsync(int count, Func<int, CancellationToken, Task> run, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(async i =>
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                try
                {
                    await run(i, cancellationToken);
                    await Task.Delay(Pause, cancellationToken);
                }
                catch (Exception exception) when (exception is SocketException or IOException)
                {
                    await Task.Delay(Pause, CancellationToken.None);
                }
                catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
                {
                    return;
                }
            }
        }));
}

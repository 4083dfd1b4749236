namespace Frat.Tests.Gallery;

public sealed class GalleryFollowerTests
{
    [Fact]
    public async Task Dispose_HostThatWasNotStopped_EndsTheFollowerWithoutAnError()
    {
        var host = await FratHost.StartAsync();
        var follower = host.Follower;

        await host.DisposeAsync(stopFirst: false);

        await follower.ExecuteTask!.WaitAsync(TimeSpan.FromSeconds(30));
        follower.ExecuteTask.IsCompletedSuccessfully.ShouldBeTrue();
    }
}

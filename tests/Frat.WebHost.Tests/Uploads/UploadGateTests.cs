using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Frat.WebHost.Tests.Uploads;

public sealed class UploadGateTests
{
    private const long Mebibyte = 1024 * 1024;

    [Fact]
    public async Task Enter_CameraFrames_PassSideBySide()
    {
        using var gate = Gate();

        for (var i = 0; i < 64; i++)
        {
            (await gate.EnterAsync(200_000, default)).IsAcquired.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task Enter_LargestPhotos_PassTwoAtATimeAndTheThirdWaits()
    {
        using var gate = Gate();
        using var first = await gate.EnterAsync(32 * Mebibyte, default);
        using var second = await gate.EnterAsync(null, default); // Not announced: it may be as long as any.

        var third = gate.EnterAsync(32 * Mebibyte, default).AsTask();
        third.IsCompleted.ShouldBeFalse();
        first.Dispose();

        (await third).IsAcquired.ShouldBeTrue();
    }

    [Fact]
    public async Task Enter_MoreThanWait_IsTurnedAway()
    {
        using var gate = Gate();
        using var first = await gate.EnterAsync(64 * Mebibyte, default);
        using var second = await gate.EnterAsync(64 * Mebibyte, default);
        using var cancellation = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 128).Select(_ => gate.EnterAsync(20 * Mebibyte, cancellation.Token).AsTask()).ToList();

        using var refused = await gate.EnterAsync(1, default);

        refused.IsAcquired.ShouldBeFalse();
        waiting.ShouldAllBe(task => !task.IsCompleted);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(Task.WhenAll(waiting));
        first.Dispose();
        (await gate.EnterAsync(1, default)).IsAcquired.ShouldBeTrue();
    }

    private static UploadGate Gate() => new(new UploadLimits(Options.Create(new ImageDecoderOptions())), NullLogger<UploadGate>.Instance);
}

using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Frat.WebHost.Tests.Uploads;

public sealed class UploadGateTests
{
    private const long Mebibyte = 1024 * 1024;

    [Fact]
    public async Task Enter_LargestPhotos_PassOneAtATime()
    {
        using var gate = Gate();
        using var first = await gate.EnterAsync(32 * Mebibyte, default);

        var second = gate.EnterAsync(32 * Mebibyte, default).AsTask();
        second.IsCompleted.ShouldBeFalse();
        first.Dispose();

        (await second).IsAcquired.ShouldBeTrue();
    }

    [Fact]
    public async Task Enter_CameraFrames_PassSideBySideWhateverPhotosWait()
    {
        using var gate = Gate();
        using var photo = await gate.EnterAsync(32 * Mebibyte, default);
        var waiting = gate.EnterAsync(32 * Mebibyte, default).AsTask();

        for (var i = 0; i < 16; i++)
        {
            (await gate.EnterAsync(200_000, default)).IsAcquired.ShouldBeTrue();
        }

        waiting.IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task Enter_MoreThanWait_IsTurnedAway()
    {
        using var gate = Gate();
        using var first = await gate.EnterAsync(1000 * Mebibyte, default);
        using var cancellation = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 128).Select(_ => gate.EnterAsync(32 * Mebibyte, cancellation.Token).AsTask()).ToList();

        using var refused = await gate.EnterAsync(32 * Mebibyte, default);

        refused.IsAcquired.ShouldBeFalse();
        waiting.ShouldAllBe(task => !task.IsCompleted);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(Task.WhenAll(waiting));
        first.Dispose();
        (await gate.EnterAsync(32 * Mebibyte, default)).IsAcquired.ShouldBeTrue();
    }

    [Fact]
    public async Task Enter_NoTurnForLong_IsTurnedAway()
    {
        var time = new FakeTimeProvider();
        using var gate = Gate(time);
        using var first = await gate.EnterAsync(32 * Mebibyte, default);

        var second = gate.EnterAsync(32 * Mebibyte, default).AsTask();
        time.Advance(TimeSpan.FromSeconds(31));

        (await second).IsAcquired.ShouldBeFalse();
    }

    private static UploadGate Gate(TimeProvider? time = null) =>
        new(new UploadLimits(Options.Create(new ImageDecoderOptions())), time ?? TimeProvider.System, NullLogger<UploadGate>.Instance);
}

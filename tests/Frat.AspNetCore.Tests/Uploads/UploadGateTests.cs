using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Frat.AspNetCore.Tests.Uploads;

public sealed class UploadGateTests : IDisposable
{
    private const long Mebibyte = 1024 * 1024;
    private const long Frame = 100_000;
    private static readonly RemoteAddress Kiosk = RemoteAddress.Of(IPAddress.Parse("192.0.2.1"));
    private static readonly RemoteAddress Other = RemoteAddress.Of(IPAddress.Parse("192.0.2.2"));

    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly FakeTimeProvider _time = new();
    private readonly UploadGate _gate;

    public UploadGateTests() => _gate = new UploadGate(
        new UploadLimits(Options.Create(new ImageDecoderOptions())),
        _time,
        new Refusals(_time, NullLogger<Refusals>.Instance, _services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>()));

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task Enter_LargestPhotos_PassOneAtATime()
    {
        var first = await Enter(UploadKind.Other, Other, 32 * Mebibyte);
        var second = Enter(UploadKind.Other, Kiosk, 32 * Mebibyte);
        second.IsCompleted.ShouldBeFalse();

        first!.Dispose();

        (await second).ShouldNotBeNull();
    }

    [Fact]
    public async Task Enter_CheckInsWhilePhotosAndAssessmentsHoldAndWaitForAllTheyMay_PassSideBySide()
    {
        var photos = Enumerable.Range(0, 20).Select(_ => Enter(UploadKind.Other, Other, 32 * Mebibyte)).ToList();
        var assessments = Enumerable.Range(0, 30).Select(_ => Enter(UploadKind.Other, Other, Frame)).ToList();
        photos.Count(photo => photo.IsCompleted).ShouldBe(1);
        assessments.Count(assessment => assessment.IsCompleted).ShouldBe(8);

        for (var i = 0; i < 8; i++)
        {
            (await Enter(UploadKind.CheckIn, Kiosk, Frame)).ShouldNotBeNull();
        }

        (await Enter(UploadKind.CheckIn, Kiosk, 16 * Mebibyte)).ShouldNotBeNull("a photo to check in with has room of its own, too");
    }

    [Fact]
    public async Task Enter_CheckInAndAssessmentsWait_CheckInIsNext()
    {
        var held = await All(await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Enter(UploadKind.CheckIn, Other, Frame))));
        var more = await All(await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Enter(UploadKind.CheckIn, Kiosk, Frame))));
        var assessment = Enter(UploadKind.Other, Kiosk, Frame);
        var checkIn = Enter(UploadKind.CheckIn, Kiosk, Frame);

        held[0].Dispose();
        (await checkIn).ShouldNotBeNull();
        assessment.IsCompleted.ShouldBeFalse();

        more[0].Dispose();
        (await assessment).ShouldNotBeNull();
    }

    [Fact]
    public async Task Enter_OneAddressSendsAllItCan_AnotherOneStillPasses()
    {
        var flood = Enumerable.Range(0, 100).Select(_ => Enter(UploadKind.CheckIn, Other, Frame)).ToList();
        flood.Count(turn => turn.IsCompletedSuccessfully && turn.Result is not null).ShouldBe(12);
        flood.Count(turn => turn.IsCompleted && turn.Result is null).ShouldBe(0, "84 of 88 that wait");

        var passed = await All(await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Enter(UploadKind.CheckIn, Kiosk, Frame))));
        var next = Enter(UploadKind.CheckIn, Kiosk, Frame);
        (await flood.First(turn => turn.IsCompleted))!.Dispose();

        (await next).ShouldNotBeNull("the kiosk has less in work than the address whose turn came free");
        passed.ForEach(turn => turn.Dispose());
    }

    [Fact]
    public async Task Enter_MoreThanWait_IsTurnedAwayButACheckInIsNot()
    {
        using var first = await Enter(UploadKind.Other, Other, 1000 * Mebibyte);
        using var cancellation = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 64)
            .Select(_ => _gate.EnterAsync(UploadKind.Other, Other, 32 * Mebibyte, cancellation.Token).AsTask())
            .ToList();

        (await Enter(UploadKind.Other, Other, 32 * Mebibyte)).ShouldBeNull();
        Enter(UploadKind.CheckIn, Other, 32 * Mebibyte).IsCompleted.ShouldBeFalse();

        waiting.ShouldAllBe(task => !task.IsCompleted);
        await cancellation.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(Task.WhenAll(waiting));
    }

    [Fact]
    public async Task Enter_NoTurnForLong_IsTurnedAway()
    {
        using var first = await Enter(UploadKind.Other, Other, 32 * Mebibyte);
        var second = Enter(UploadKind.Other, Other, 32 * Mebibyte);

        _time.Advance(TimeSpan.FromSeconds(31));

        (await second).ShouldBeNull();
    }

    [Fact]
    public async Task Leave_AnyOrderOfUploads_GivesEveryPermitBack()
    {
        var random = new Random(7);
        for (var round = 0; round < 200; round++)
        {
            var turns = Enumerable.Range(0, random.Next(1, 40)).Select(_ => Enter(
                (UploadKind)random.Next(2),
                random.Next(2) == 0 ? Kiosk : Other,
                random.Next(2) == 0 ? Frame : random.NextInt64(1, 33) * Mebibyte)).ToList();
            while (turns.Count > 0)
            {
                // Anyone who waits is let in when the others have left.
                var done = await Task.WhenAny(turns).WaitAsync(TimeSpan.FromMinutes(1));
                turns.Remove(done);
                (await done)?.Dispose();
            }
        }

        foreach (var address in (RemoteAddress[])[Kiosk, Other])
        {
            (await Enter(UploadKind.CheckIn, address, 16 * Mebibyte)).ShouldNotBeNull();
        }
    }

    [Theory]
    [InlineData("2001:db8:1:2::5", "2001:db8:1:2:ffff::1", true)]
    [InlineData("2001:db8:1:2::5", "2001:db8:1:3::5", false)]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    public void Of_Addresses_AreOneWhereOneMayHaveBoth(string one, string other, bool same) =>
        (RemoteAddress.Of(IPAddress.Parse(one)) == RemoteAddress.Of(IPAddress.Parse(other))).ShouldBe(same);

    private static Task<List<IDisposable>> All(IDisposable?[] turns)
    {
        turns.ShouldAllBe(turn => turn != null);
        return Task.FromResult(turns.OfType<IDisposable>().ToList());
    }

    private Task<IDisposable?> Enter(UploadKind kind, RemoteAddress from, long bytes) =>
        _gate.EnterAsync(kind, from, bytes, default).AsTask();
}

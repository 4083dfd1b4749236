namespace Frat.Dlib.Tests;

public sealed class WorkSlotsTests
{
    [Fact]
    public async Task WaitAsync_MoreCallsThanAllowed_ServesThemInTheirOrder()
    {
        var slots = new WorkSlots(2, long.MaxValue);
        var first = await slots.WaitAsync(1, isUrgent: false, default);
        var second = await slots.WaitAsync(1, isUrgent: false, default);
        var third = slots.WaitAsync(1, isUrgent: false, default).AsTask();
        var fourth = slots.WaitAsync(1, isUrgent: false, default).AsTask();
        third.IsCompleted.ShouldBeFalse();

        first.Dispose();
        (await third.WaitAsync(TimeSpan.FromSeconds(30))).Dispose();
        (await fourth.WaitAsync(TimeSpan.FromSeconds(30))).Dispose();
        second.Dispose();
    }

    [Fact]
    public async Task WaitAsync_MorePixelsThanAreFree_Waits()
    {
        var slots = new WorkSlots(10, 100);
        var first = await slots.WaitAsync(60, isUrgent: false, default);
        var large = slots.WaitAsync(41, isUrgent: false, default).AsTask();
        // It would fit, but is not its turn: small images must not starve a large one.
        var small = slots.WaitAsync(1, isUrgent: false, default).AsTask();
        large.IsCompleted.ShouldBeFalse();
        small.IsCompleted.ShouldBeFalse();

        first.Dispose();
        await large.WaitAsync(TimeSpan.FromSeconds(30));
        await small.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task WaitAsync_MorePixelsThanThereAre_WorksAlone()
    {
        var slots = new WorkSlots(10, 100);
        var huge = await slots.WaitAsync(long.MaxValue, isUrgent: false, default);
        var other = slots.WaitAsync(1, isUrgent: false, default).AsTask();
        other.IsCompleted.ShouldBeFalse();

        huge.Dispose();
        (await other.WaitAsync(TimeSpan.FromSeconds(30))).Dispose();
    }

    [Fact]
    public async Task WaitAsync_Cancelled_LetsThoseBehindGoOn()
    {
        var slots = new WorkSlots(10, 100);
        var first = await slots.WaitAsync(60, isUrgent: false, default);
        using var cancellation = new CancellationTokenSource();
        var large = slots.WaitAsync(100, isUrgent: false, cancellation.Token).AsTask();
        var small = slots.WaitAsync(40, isUrgent: false, default).AsTask();
        small.IsCompleted.ShouldBeFalse();

        await cancellation.CancelAsync();

        (await Should.ThrowAsync<OperationCanceledException>(large)).CancellationToken.ShouldBe(cancellation.Token);
        (await small.WaitAsync(TimeSpan.FromSeconds(30))).Dispose();
        first.Dispose();
        (await slots.WaitAsync(100, isUrgent: false, default)).Dispose();
    }

    [Fact]
    public async Task WaitAsync_UrgentBehindOthers_GoesFirst()
    {
        var slots = new WorkSlots(1, 100);
        var first = await slots.WaitAsync(1, isUrgent: false, default);
        var patient = slots.WaitAsync(1, isUrgent: false, default).AsTask();
        var urgent = slots.WaitAsync(1, isUrgent: true, default).AsTask();

        first.Dispose();

        var turn = await urgent.WaitAsync(TimeSpan.FromSeconds(30));
        patient.IsCompleted.ShouldBeFalse();
        turn.Dispose();
        (await patient.WaitAsync(TimeSpan.FromSeconds(30))).Dispose();
    }

    [Fact]
    public async Task WaitAsync_AlwaysMoreUrgentOnes_LetsEveryFourthTurnToOthers()
    {
        var slots = new WorkSlots(1, 100);
        var first = await slots.WaitAsync(1, isUrgent: false, default);
        var order = new List<char>();
        var waiting = Enumerable.Range(0, 12).Select(_ => ServeAsync('u', isUrgent: true))
            .Concat(Enumerable.Range(0, 3).Select(_ => ServeAsync('p', isUrgent: false))).ToList();

        first.Dispose();
        await Task.WhenAll(waiting).WaitAsync(TimeSpan.FromSeconds(30));

        new string([.. order]).ShouldBe("uuupuuupuuupuuu");

        async Task ServeAsync(char who, bool isUrgent)
        {
            using var slot = await slots.WaitAsync(1, isUrgent, default);
            order.Add(who);
        }
    }

    [Fact]
    public async Task WaitAsync_UrgentThatFits_DoesntWaitBehindALargeOne()
    {
        var slots = new WorkSlots(10, 100);
        var first = await slots.WaitAsync(60, isUrgent: false, default);
        var large = slots.WaitAsync(100, isUrgent: false, default).AsTask();

        (await slots.WaitAsync(40, isUrgent: true, default).AsTask().WaitAsync(TimeSpan.FromSeconds(30))).Dispose();

        large.IsCompleted.ShouldBeFalse();
        first.Dispose();
        (await large.WaitAsync(TimeSpan.FromSeconds(30))).Dispose();
    }

    [Fact]
    public async Task WaitAsync_FromManyThreads_NeverGivesMoreThanThereIs()
    {
        var slots = new WorkSlots(3, 100);
        var (calls, pixels, most, mostPixels) = (0, 0, 0, 0);
        await Task.WhenAll(Enumerable.Range(0, 16).Select(thread => Task.Run(async () =>
        {
            var random = new Random(thread);
            for (var i = 0; i < 300; i++)
            {
                var mine = random.Next(0, 101);
                using var cancellation = new CancellationTokenSource(
                    random.Next(4) == 0 ? TimeSpan.FromMilliseconds(1) : Timeout.InfiniteTimeSpan);
                try
                {
                    using var slot = await slots.WaitAsync(mine, isUrgent: false, cancellation.Token);
                    Raise(ref most, Interlocked.Increment(ref calls));
                    Raise(ref mostPixels, Interlocked.Add(ref pixels, mine));
                    await Task.Yield();
                    Interlocked.Add(ref pixels, -mine);
                    Interlocked.Decrement(ref calls);
                }
                catch (OperationCanceledException)
                {
                }
            }
        })));

        most.ShouldBeInRange(2, 3);
        mostPixels.ShouldBeLessThanOrEqualTo(100);
        (await slots.WaitAsync(100, isUrgent: false, default)).Dispose(); // All of it came back.
    }

    private static void Raise(ref int most, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref most)) < value)
        {
            Interlocked.CompareExchange(ref most, value, seen);
        }
    }
}

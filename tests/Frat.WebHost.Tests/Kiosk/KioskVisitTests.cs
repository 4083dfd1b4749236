using Microsoft.Extensions.Time.Testing;

namespace Frat.WebHost.Tests.Kiosk;

/// <summary>Which frames decide together, and when a face has left.</summary>
public sealed class KioskVisitTests
{
    private static readonly Guid Ada = Guid.NewGuid();
    private static readonly Guid Grace = Guid.NewGuid();
    private static readonly TimeSpan Quick = TimeSpan.FromMilliseconds(20);

    [Fact]
    public void Frames_ThatAreOld_DontVote()
    {
        var visit = new KioskVisit();
        visit.Add(At(0), [1], Ada, Quick);
        visit.Add(At(0.4), [2], Grace, Quick);
        visit.Add(At(1.5), [3], Ada, Quick);

        visit.PicturesOf(Ada).Select(picture => picture[0]).ShouldBe([(byte)3]);
    }

    [Fact]
    public void Frames_OfASlowHost_AreWaitedFor()
    {
        var visit = new KioskVisit();
        visit.Add(At(0), [1], Ada, TimeSpan.FromSeconds(1));
        visit.Add(At(1.1), [2], Ada, TimeSpan.FromSeconds(1));
        visit.Add(At(2.2), [3], Ada, TimeSpan.FromSeconds(1));

        visit.PicturesOf(Ada).Count.ShouldBe(3);
    }

    [Fact]
    public void Frames_AreAtMostThree()
    {
        var visit = new KioskVisit();
        for (var i = 0; i < 5; i++)
        {
            visit.Add(At(i * 0.1), [(byte)i], Ada, Quick);
        }

        visit.Pictures.Select(picture => picture[0]).ShouldBe([(byte)2, (byte)3, (byte)4]);
    }

    [Fact]
    public void Stay_IsWithoutAGap()
    {
        var visit = new KioskVisit();
        visit.Add(At(0), [1], Ada, Quick);
        visit.AddNobody();
        visit.Add(At(0.7), [2], Ada, Quick);

        visit.StayAt(At(0.7)).ShouldBe(TimeSpan.Zero, "whoever went out of the picture begins anew");
        visit.Count.ShouldBe(1);
    }

    [Fact]
    public void WhoeverHasAnAnswer_HasItUntilTheFaceLeftForTwoSeconds()
    {
        var visit = new KioskVisit();
        visit.Add(At(0), [1], Ada, Quick);
        visit.Serve(Ada, KioskAnswer.Of(KioskState.In));
        visit.AddNobody();
        visit.Begin(At(1.9));
        visit.Served.ShouldBe(Ada);
        visit.Stay(At(1.9));
        visit.Begin(At(3.8));
        visit.Served.ShouldBe(Ada);

        visit.Begin(At(4));

        visit.Served.ShouldBeNull();
    }

    [Fact]
    public void Visits_OfTabletsThatAreNotPaired_AreBounded()
    {
        using var visits = new KioskVisits(TimeProvider.System);
        var nobody = new Device { Id = Guid.Empty, Name = "kiosk", CreatedAt = default, CreatedBy = "" };
        var first = visits.Of(nobody, "first");
        visits.Of(nobody, "first").ShouldBeSameAs(first);

        for (var i = 0; i < KioskVisits.MaxUnpaired; i++)
        {
            visits.Of(nobody, $"page {i}").ShouldNotBeNull();
        }

        visits.Of(nobody, "first").ShouldNotBeSameAs(first);
        visits.Of(nobody, new string('x', 1000)).ShouldBeSameAs(visits.Of(nobody, ""));
    }

    [Fact]
    public void Visits_OfTabletsThatAreNotPaired_AreRefusedWhileTheOldestIsLookedAt()
    {
        using var visits = new KioskVisits(TimeProvider.System);
        var nobody = new Device { Id = Guid.Empty, Name = "kiosk", CreatedAt = default, CreatedBy = "" };
        var first = visits.Of(nobody, "0")!;
        first.Turn.Wait(0).ShouldBeTrue();
        for (var i = 1; i < KioskVisits.MaxUnpaired; i++)
        {
            visits.Of(nobody, $"{i}").ShouldNotBeNull();
        }

        visits.Of(nobody, "one more").ShouldBeNull();
        first.Turn.Release();
        visits.Of(nobody, "one more").ShouldNotBeNull();
    }

    [Fact]
    public void Frames_OfAKioskThatSendsNoMore_DontStayInMemory()
    {
        var time = new FakeTimeProvider();
        using var visits = new KioskVisits(time);
        var device = new Device { Name = "door", CreatedAt = default, CreatedBy = "" };
        var visit = visits.Of(device, null)!;
        visit.Add(visits.Now, [1], Ada, Quick);

        time.Advance(KioskVisits.SweepEvery);

        visit.Count.ShouldBe(0);
        visit.Since.ShouldBeNull();
    }

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(1000 + seconds);
}

using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NodaTime;

namespace Frat.Tests.Site;

public sealed class SiteZoneTests
{
    private static readonly string[] Ids = [.. DateTimeZoneProviders.Tzdb.Ids];

    [Theory]
    [InlineData("Europe/Berlin", true)]
    [InlineData("America/Argentina/Buenos_Aires", true)]
    [InlineData("Asia/Calcutta", true)]
    [InlineData("UTC", true)]
    [InlineData("Etc/GMT+5", true)]
    [InlineData("Local", false)]
    [InlineData("W. Europe Standard Time", false)]
    [InlineData("europe/berlin", false)]
    [InlineData("UTC+05", false)]
    [InlineData("CET-1CEST,M3.5.0,M10.5.0/3", false)]
    [InlineData("../../etc/passwd", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void IsKnown_AnId_IsAnIanaIdOrNot(string? id, bool known)
    {
        SiteZone.IsKnown(id).ShouldBe(known);
        SiteZone.TryFind(id, out var zone).ShouldBe(known);
        zone?.Id.ShouldBe(id);
    }

    [Fact]
    public void Find_UnknownId_NamesIt() =>
        Should.Throw<ArgumentException>(() => SiteZone.Find("Mars/Olympus")).Message.ShouldContain("\"Mars/Olympus\"");

    [Property(MaxTest = 2000)]
    public Property ToInstant_OfWhatTheWallShowed_IsTheMomentOrTheFirstOfTwo() => Prop.ForAll(
        Gen.Elements(Ids).ToArbitrary(),
        Gen.Choose(-1_000_000_000, 2_000_000_000).ToArbitrary(),
        (id, seconds) =>
        {
            var zone = SiteZone.Find(id);
            var moment = DateTimeOffset.FromUnixTimeSeconds(seconds);

            var again = zone.ToInstant(zone.ToLocal(moment), out var times);

            (times is 1 or 2).ShouldBeTrue(id);
            zone.ToLocal(again).ShouldBe(zone.ToLocal(moment), id);
            (again == moment || (times == 2 && again < moment)).ShouldBeTrue($"{id} {moment:O} {again:O}");
        });

    [Theory]
    [InlineData("UTC", true)]
    [InlineData("Etc/GMT", true)]
    [InlineData("Etc/Zulu", true)]
    [InlineData("Europe/London", false)]
    [InlineData("Etc/GMT+1", false)]
    public void IsUtc_OfAZone_IsWhetherItsClockIsUtcTheWholeYear(string id, bool isUtc) => SiteZone.Find(id).IsUtc.ShouldBe(isUtc);
}

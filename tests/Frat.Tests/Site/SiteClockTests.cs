using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace Frat.Tests.Site;

public sealed class SiteClockTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 22, 23, 30, 0, TimeSpan.Zero));

    [Fact]
    public void Today_ZoneIsNamed_IsTheDateThere()
    {
        var clock = Clock(options => options.Site.TimeZone = "Europe/Berlin");

        (clock.Zone.Id, clock.IsMachineZone, clock.Today).ShouldBe(("Europe/Berlin", false, new DateOnly(2026, 11, 23)));
        clock.LocalNow.ShouldBe(new DateTime(2026, 11, 23, 0, 30, 0));
    }

    [Theory]
    [InlineData("Asia/Tokyo", "Asia/Tokyo")]
    [InlineData("Tokyo Standard Time", "Asia/Tokyo")]
    public void Zone_NoneIsNamed_IsTheClocksByIanaId(string local, string id)
    {
        _time.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone(local, TimeSpan.FromHours(9), null, null));

        var clock = Clock();

        (clock.Zone.Id, clock.IsMachineZone).ShouldBe((id, true));
    }

    // .NET calls a zone "Local" when it has the rules without a name: stored in punches, it would say nothing.
    [Fact]
    public void Zone_NoneIsNamedAndTheClocksHasNoIanaId_IsRefused()
    {
        _time.SetLocalTimeZone(TimeZoneInfo.CreateCustomTimeZone("Local", TimeSpan.FromHours(1), null, null));

        Should.Throw<OptionsValidationException>(() => Clock()).Message.ShouldContain(
            "Site.TimeZone: is not set, and it can't be told which zone this machine is in (Local).");
    }

    [Fact]
    public void Now_ClockIsFinerThanAMicrosecond_IsCut()
    {
        _time.Advance(TimeSpan.FromTicks(17));

        Clock().Now.Ticks.ShouldBe(_time.GetUtcNow().Ticks - 7);
    }

    private SiteClock Clock(Action<FratOptions>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddFrat(configure);
        services.AddSingleton<TimeProvider>(_time);
        return services.BuildServiceProvider().GetRequiredService<SiteClock>();
    }
}

using System.Net;
using Microsoft.Extensions.Time.Testing;

namespace Frat.WebHost.Tests.Accounts;

public sealed class SignInAttemptsTests
{
    private static readonly IPAddress Somewhere = IPAddress.Parse("192.0.2.7");
    private readonly FakeTimeProvider _clock = new(TestHost.Now);
    private readonly SignInAttempts _attempts;

    public SignInAttemptsTests() => _attempts = new SignInAttempts(_clock);

    [Fact]
    public void Begin_ManyAtOnce_LetsInNoMoreThanAreFree() =>
        Enumerable.Range(0, 1000).Count(_ => _attempts.Begin(Somewhere) == TimeSpan.Zero).ShouldBe(SignInAttempts.FreeFailures);

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.7", "::ffff:192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    public void Begin_AnotherAddress_IsHeldToTheSameOnlyInTheSameNetwork(string address, string other, bool same)
    {
        Exhaust(IPAddress.Parse(address));

        (_attempts.Begin(IPAddress.Parse(other)) > TimeSpan.Zero).ShouldBe(same);
    }

    [Fact]
    public void Begin_AfterEachWait_HasToWaitTwiceAsLongUpToFiveMinutes()
    {
        Exhaust(Somewhere);
        var waits = new List<double>();
        for (var i = 0; i < 11; i++)
        {
            var wait = _attempts.WaitOf(Somewhere);
            waits.Add(wait.TotalSeconds);
            _clock.Advance(wait);
            _attempts.Begin(Somewhere).ShouldBe(TimeSpan.Zero);
        }

        waits.ShouldBe([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
        _clock.Advance(TimeSpan.FromMinutes(15));
        Exhaust(Somewhere); // All forgotten: as many are free as at first.
    }

    [Fact]
    public void Begin_FromMoreAddressesThanAreKept_ForgetsTheOldestAndStaysWithinItsBound()
    {
        Exhaust(Somewhere);
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        for (var i = 0; i < SignInAttempts.MaxAddresses; i++)
        {
            _attempts.Begin(new IPAddress(0x0A000000L + i)).ShouldBe(TimeSpan.Zero);
        }

        _attempts.WaitOf(Somewhere).ShouldBe(TimeSpan.Zero);
    }

    private void Exhaust(IPAddress address)
    {
        for (var i = 0; i < SignInAttempts.FreeFailures; i++)
        {
            _attempts.Begin(address).ShouldBe(TimeSpan.Zero);
        }
    }
}

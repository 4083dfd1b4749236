using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Frat.WebHost.Tests.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.WebHost.Tests.Devices;

/// <summary>How a tablet becomes a device, what it may do then, and how that ends.</summary>
[Collection(SharedSignInHost.Name)]
public sealed partial class DeviceTests(SignInHost host)
{
    private const string Beat = "/kiosk/calls/beat";

    [Fact]
    public async Task Pairing_WithTheCodeThatTheOfficeWasShown_MakesTheTabletADevice()
    {
        using var office = await host.SignInAsync(await AdministratorAsync());
        using var added = await SignInHost.PostAsync(
            office, "/devices", "/devices?handler=Add", ("name", "Front door"), ("direction", "In"), ("trigger", "HandsFree"));
        var html = await SignInHost.ReadAsync(added);
        var code = Code().Match(html).Groups["code"].Value.Replace(" ", "", StringComparison.Ordinal);
        html.ShouldContain("<svg", customMessage: "the link is there as a picture, too");
        using var tablet = host.Visit();

        (await SignInHost.StatusOfAsync(tablet, "/kiosk")).ShouldBe(302, "it isn't paired yet");
        using var paired = await SignInHost.PostAsync(
            tablet, $"/kiosk/pair?code={code}", "/kiosk/pair", ("code", $"{code[..3]} {code[3..]}"));

        paired.Headers.Location!.ToString().ShouldBe("/kiosk");
        var cookie = paired.Headers.GetValues("Set-Cookie").Single(text => text.StartsWith("frat.device=", StringComparison.Ordinal));
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=strict");
        (await SignInHost.ReadAsync(tablet, "/kiosk")).ShouldContain("Front door");
        using var home = await tablet.GetAsync(new Uri("/", UriKind.Relative));
        home.Headers.Location!.ToString().ShouldBe("/kiosk", "the kiosk is the tablet's first page");
        (await BeatAsync(tablet)).ShouldBe(200);
        (await SignInHost.ReadAsync(office, "/devices")).ShouldContain("Online");

        using var second = host.Visit();
        using var again = await SignInHost.PostAsync(second, "/kiosk/pair", "/kiosk/pair", ("code", code));
        (await SignInHost.ReadAsync(again)).ShouldContain("This code is wrong, was used");
    }

    [Fact]
    public async Task Device_ThatTheOfficeRemoved_MayNothingFromThenOn()
    {
        using var tablet = host.Visit();
        var device = await PairAsync(host, tablet, "Side door");
        (await BeatAsync(tablet)).ShouldBe(200);

        using var office = await host.SignInAsync(await AdministratorAsync());
        using var removed = await SignInHost.PostAsync(office, "/devices", "/devices?handler=Remove", ("id", device.Id.ToString()));

        var answer = await tablet.SendAsync(Beat, JsonContent.Create(new { }));
        answer.Problem.ShouldBe((401, "notPaired"));
        (await SignInHost.StatusOfAsync(tablet, "/kiosk")).ShouldBe(302);
    }

    [Fact]
    public async Task Device_ThatTheOfficeSetsAnew_FollowsWithItsNextBeat()
    {
        using var tablet = host.Visit();
        var device = await PairAsync(host, tablet, "Back door");
        using var office = await host.SignInAsync(await AdministratorAsync());
        var page = $"/devices/device?id={device.Id}";
        (await SignInHost.ReadAsync(office, "/devices")).ShouldContain(page);
        (await SignInHost.ReadAsync(office, page)).ShouldContain("""name="keepsPictures" value="true" checked""");

        using (var other = host.Visit())
        {
            await PairAsync(host, other, "Canteen");
        }

        (await ChangeAsync("", "In", "Button")).ShouldContain("Write the device’s name.");
        (await ChangeAsync("canteen", "In", "Button")).ShouldContain("There is a device of this name.");
        (await ChangeAsync("Back gate", "7", "Button")).ShouldContain("Choose how punches are taken.");
        (await ChangeAsync("Back gate", "In", "Button", ("site", "nowhere"))).ShouldContain("There is no such site.");
        (await OrdersAsync(tablet)).ShouldBe(("Back door", "HandsFree", "true"));
        (await ChangeAsync("Back gate", "In", "Button")).ShouldBe("/devices");

        (await OrdersAsync(tablet)).ShouldBe(("Back gate", "Button", "false"));
        (await SignInHost.ReadAsync(office, "/devices")).ShouldContain("entrance, button");
        (await ChangeAsync("Back gate", "In", "Button")).ShouldBe("/devices", "nothing is changed, and nothing is written");
        var changes = new List<AuditEntry>();
        await foreach (var entry in host.Services.GetRequiredService<IAuditTrail>().ReadAsync())
        {
            var isOfDevice = entry.New?.Contains(device.Id.ToString(), StringComparison.Ordinal) == true;
            changes.AddRange(isOfDevice && entry.Action == "device.changed" ? [entry] : []);
        }

        var line = changes.ShouldHaveSingleItem();
        (line.Old, line.New, line.By.Name).ShouldBe((
            $"{device.Id}: Back door (hands-free, keeps pictures offline)", $"{device.Id}: Back gate (entrance, button)", "device keeper"));
        (await SignInHost.StatusOfAsync(office, $"/devices/device?id={Guid.NewGuid()}")).ShouldBe(404);

        async Task<string> ChangeAsync(string name, string direction, string trigger, params (string, string)[] more)
        {
            (string, string)[] fields = [("id", device.Id.ToString()), ("name", name), ("direction", direction), ("trigger", trigger)];
            using var answer = await SignInHost.PostAsync(office, page, page, [.. fields, .. more]);
            return answer.StatusCode == HttpStatusCode.Redirect
                ? answer.Headers.Location!.OriginalString
                : await SignInHost.ReadAsync(answer);
        }
    }

    [Fact]
    public async Task Device_WhoseCodeWasMadeAnew_GivesItsPlaceToTheTabletThatUsesIt()
    {
        using var broken = host.Visit();
        var device = await PairAsync(host, broken, "Gate");
        using var scope = host.Services.CreateScope();
        var code = await scope.ServiceProvider.GetRequiredService<DeviceAdministration>().NewCodeAsync(device.Id, default);
        (await BeatAsync(broken)).ShouldBe(200, "until then it stays");
        using var tablet = host.Visit();

        using var paired = await SignInHost.PostAsync(tablet, "/kiosk/pair", "/kiosk/pair", ("code", code!));

        (await BeatAsync(tablet)).ShouldBe(200);
        (await BeatAsync(broken)).ShouldBe(401);
    }

    [Theory]
    [InlineData("")]
    [InlineData("frat.device=x")]
    [InlineData("frat.device=00000000000000000000000000000000.0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task Call_WithoutATokenThatHolds_IsRefused(string cookie)
    {
        await host.SetUpAsync();
        using var client = host.Visit();
        if (cookie.Length > 0)
        {
            client.DefaultRequestHeaders.Add("Cookie", cookie);
        }

        (await client.SendAsync(Beat, JsonContent.Create(new { }))).Problem.ShouldBe((401, "notPaired"));
        (await SignInHost.StatusOfAsync(client, "/")).ShouldBe(302);
    }

    [Fact]
    public void Codes_TriedOneAfterAnother_AreBoundedByAddressAndInAll()
    {
        var attempts = new PairingAttempts(TimeProvider.System);
        var one = IPAddress.Parse("192.0.2.1");

        Enumerable.Range(0, 50).Count(_ => attempts.Begin(one) == TimeSpan.Zero).ShouldBe(SignInAttempts.FreeFailures);
        Enumerable.Range(0, 5000).Count(i => attempts.Begin(new IPAddress([10, 0, (byte)(i >> 8), (byte)i])) == TimeSpan.Zero)
            .ShouldBe(PairingAttempts.MostInAll - SignInAttempts.FreeFailures);
    }

    [Fact]
    public void Code_OfADevice_EndsAfterItsTimeAndWithItsUse()
    {
        var device = new Device { Name = "Door", CreatedAt = SignInHost.Now, CreatedBy = "test" };
        var code = device.NewCode(SignInHost.Now);

        device.IsPairedBy(code, SignInHost.Now + Device.CodeLifetime).ShouldBeFalse();
        device.IsPairedBy(code, SignInHost.Now).ShouldBeTrue();
        var token = Device.ParseToken(device.Pair(SignInHost.Now))!.Value;
        device.IsPairedBy(code, SignInHost.Now).ShouldBeFalse();
        device.IsHeldBy(token.TokenHash).ShouldBeTrue();
        device.Revoke(SignInHost.Now);
        device.IsHeldBy(token.TokenHash).ShouldBeFalse();
    }

    /// <summary>Makes a browser a device.</summary>
    internal static async Task<Device> PairAsync(SignInHost host, HttpClient tablet, string name)
    {
        await host.SetUpAsync();
        using var scope = host.Services.CreateScope();
        var (device, code) = await scope.ServiceProvider.GetRequiredService<DeviceAdministration>().AddAsync(
            Actor.User("test"), new DeviceSettings(name, null, PunchDirection.Undetermined, KioskTrigger.HandsFree, true), default);
        using var paired = await SignInHost.PostAsync(tablet, "/kiosk/pair", "/kiosk/pair", ("code", code));
        paired.Headers.Location?.ToString().ShouldBe("/kiosk");
        return device;
    }

    private async Task<string> AdministratorAsync()
    {
        await host.AddAsync("device keeper", AccountRole.Administrator);
        return "device keeper";
    }

    private static async Task<(string? Name, string? Trigger, string? KeepsPictures)> OrdersAsync(HttpClient tablet)
    {
        var orders = await tablet.SendAsync(Beat, JsonContent.Create(new { }));
        return (orders["name"], orders["trigger"], orders["keepsPictures"]);
    }

    private static async Task<int> BeatAsync(HttpClient tablet) => (await tablet.SendAsync(Beat, JsonContent.Create(new
    {
        camera = "live",
        waiting = 2,
        version = "abc",
        clockAheadMs = 90_000,
    }))).Status;

    [GeneratedRegex("id=\"code\"[^>]*>(?<code>[0-9]{3} [0-9]{3})<")]
    private static partial Regex Code();
}

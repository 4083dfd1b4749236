using System.Buffers.Binary;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Frat.WebHost.Tests.Accounts;
using Frat.WebHost.Tests.Devices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.WebHost.Tests.Kiosk;

/// <summary>What a paired kiosk sends and gets, with real faces. The clock moves by hand.</summary>
public sealed class KioskCallsTests(KioskCallsTests.Door door) : IClassFixture<KioskCallsTests.Door>
{
    [Fact]
    public async Task Look_ThatAgreesWithTheOnesBefore_BooksOnce_AndNothingMoreUntilTheFaceLeft()
    {
        var photos = Photos.People[0];
        using var tablet = await door.ComeAsync("vote");
        (await LookAsync(tablet, photos[1]))["state"].ShouldBe("near", "one frame decides nothing");
        (await LookAsync(tablet, photos[2], 0.3))["state"].ShouldBe("near", "two frames of somebody who passes don't, either");

        var booked = await LookAsync(tablet, photos[3], 0.4);

        (booked["state"], booked["name"], booked["line"]).ShouldBe(("in", "Ada", "In 08:59"));
        booked.Json!["box"]!.AsArray().Count.ShouldBe(4);
        (await LookAsync(tablet, photos[1], 0.3))["punch"].ShouldBe(booked["punch"], "the answer may have been lost on its way");
        for (var i = 0; i < 40; i++)
        {
            (await LookAsync(tablet, photos[1 + (i % 3)], 0.5)).Status.ShouldBe(200);
        }

        (await LookAsync(tablet, photos[1], 0.5))["state"].ShouldBe("done");
        (await door.CountAsync("vote")).ShouldBe(1);

        door.Clock.Advance(TimeSpan.FromSeconds(61));
        (await LookAsync(tablet, photos[1]))["state"].ShouldBe("near", "it left");
        await LookAsync(tablet, photos[2], 0.3);
        (await LookAsync(tablet, photos[3], 0.4))["line"].ShouldBe("You are in since 08:59");
    }

    [Fact]
    public async Task Look_AtTwoPeopleInTurn_BooksNobody()
    {
        using var tablet = await door.ComeAsync("turns");
        for (var i = 0; i < 8; i++)
        {
            (await LookAsync(tablet, Photos.People[i % 2][1 + (i / 2 % 3)], 0.65))["state"].ShouldBeOneOf("near", "unsure");
        }

        (await door.CountAsync("turns")).ShouldBe(0);
    }

    [Fact]
    public async Task Look_AtNobody_SaysSo_AndAStrangerIsToldAfterAWhile()
    {
        using var tablet = await door.ComeAsync("stranger");
        (await LookAsync(tablet, Photos.NoFace))["state"].ShouldBe("nobody");
        string? state = null;
        for (var i = 0; i < 12; i++)
        {
            state = (await LookAsync(tablet, Photos.People[4][i % 8], 0.35))["state"];
            (i < 8 ? state is "near" or "light" or "straight" : state is not null).ShouldBeTrue($"{i}: {state}");
        }

        state.ShouldBe("unsure");
        (await door.CountAsync("stranger")).ShouldBe(0);
    }

    [Fact]
    public async Task Look_OfWhatIsNoPicture_IsRefused_AndTheNextOneIsLookedAt()
    {
        using var tablet = await door.ComeAsync("hostile");
        (await tablet.SendAsync("/kiosk/calls/look", Jpeg([]))).Problem.Status.ShouldBe(400);
        (await tablet.SendAsync("/kiosk/calls/look", Jpeg("not a picture"u8.ToArray()))).Problem.ShouldBe((400, "invalidImage"));
        (await tablet.SendAsync("/kiosk/calls/look", Jpeg(new byte[300 * 1024]))).Problem.Status.ShouldBe(413);
        (await tablet.SendAsync("/kiosk/calls/pin", JsonContent.Create(new { employeeId = "1" }))).Problem.Status.ShouldBe(400);
        (await tablet.SendAsync("/kiosk/calls/pin", JsonContent.Create(new { employeeId = "", pin = "1", key = "k" })))
            .Problem.Status.ShouldBe(400);
        (await tablet.SendAsync("/kiosk/calls/undo", JsonContent.Create(new { undo = "forged" }))).Problem.ShouldBe((409, "tooLate"));
        (await tablet.SendAsync("/kiosk/calls/beat", JsonContent.Create(new { camera = "x", waiting = -7, clockAheadMs = 1e300 })))
            .Status.ShouldBe(200);
        (await tablet.SendAsync("/kiosk/calls/kept", Jpeg([0, 0, 0, 9, 1]))).Problem.Status.ShouldBe(400);

        (await LookAsync(tablet, Photos.People[0][1]))["state"].ShouldBe("near");
    }

    [Fact]
    public async Task Undo_OfAPunch_VoidsItOnce_AndTheOfficeSeesIt()
    {
        using var tablet = await door.ComeAsync("undo");
        using var other = await door.ComeAsync("not undo");
        var said = await PinAsync(tablet, new { employeeId = "2", pin = Door.Pin, key = "undo-1" });
        said["state"].ShouldBe("in");
        var undo = new { undo = said["undo"] };
        (await other.SendAsync("/kiosk/calls/undo", JsonContent.Create(undo))).Problem.ShouldBe((409, "tooLate"), "of another device");

        (await tablet.SendAsync("/kiosk/calls/undo", JsonContent.Create(undo)))["state"].ShouldBe("undone");
        (await tablet.SendAsync("/kiosk/calls/undo", JsonContent.Create(undo))).Status.ShouldBe(200, "pressed twice");

        var punch = Guid.Parse(said["punch"]!);
        var log = door.Services.GetRequiredService<IAttendanceLog>();
        var day = (await log.FindDayAsync(await door.FindAsync("2"), DateOnly.FromDateTime(SignInHost.Now.UtcDateTime)))!;
        day.Punches.Single(one => one.PunchId == punch).Role.ShouldBe(PunchRole.Void);
        (await door.EventsAsync("undo")).ShouldBe([DeviceEventKind.Undone, DeviceEventKind.Undone]);

        var late = await PinAsync(tablet, new { employeeId = "2", pin = Door.Pin, key = "undo-2" });
        door.Clock.Advance(KioskUndo.Lifetime + TimeSpan.FromSeconds(1));
        (await tablet.SendAsync("/kiosk/calls/undo", JsonContent.Create(new { undo = late["undo"] }))).Problem.ShouldBe((409, "tooLate"));
    }

    [Fact]
    public async Task Pin_KeptWhileThereWasNoLine_IsBookedOnceWithItsOwnTime()
    {
        using var tablet = await door.ComeAsync("offline");
        var at = door.Clock.GetUtcNow().AddMinutes(-47);
        var kept = new { employeeId = "3", pin = Door.Pin, key = "kept-1", capturedAt = at };

        var first = await PinAsync(tablet, kept);
        first["line"].ShouldBe($"In {at:HH:mm}");
        (await PinAsync(tablet, kept))["punch"].ShouldBe(first["punch"]);
        (await PinAsync(tablet, new { employeeId = "3", pin = "8421", key = "kept-2", capturedAt = at }))["state"].ShouldBe("wrongPin");
        (await tablet.SendAsync("/kiosk/calls/pin", JsonContent.Create(
            new { employeeId = "3", pin = Door.Pin, key = "kept-3", capturedAt = at.AddDays(-2) }))).Problem.ShouldBe((422, "wrongTime"));

        (await door.CountAsync("offline")).ShouldBe(1);
        var events = await door.EventsAsync("offline");
        events.Count(kind => kind == DeviceEventKind.Refused).ShouldBe(2, "nothing is lost without a word");
        events.ShouldContain(DeviceEventKind.ArrivedLate);
    }

    [Fact]
    public async Task Pictures_KeptWhileThereWasNoLine_NeedTwoThatAgree()
    {
        using var tablet = await door.ComeAsync("pictures");
        var at = door.Clock.GetUtcNow().AddMinutes(-5);
        var photos = Photos.People[3];

        (await KeptAsync(tablet, "p-1", at, photos[1], Photos.People[1][1], Photos.NoFace))["state"].ShouldBe("unsure");
        var booked = await KeptAsync(tablet, "p-2", at, photos[1], photos[2], photos[3]);

        booked["name"].ShouldBe("Barbara");
        (await KeptAsync(tablet, "p-2", at, photos[1], photos[2], photos[3]))["punch"].ShouldBe(booked["punch"]);
        (await door.CountAsync("pictures")).ShouldBe(1);
    }

    private async Task<Answer> LookAsync(HttpClient tablet, byte[] picture, double after = 0)
    {
        door.Clock.Advance(TimeSpan.FromSeconds(after));
        return await tablet.SendAsync("/kiosk/calls/look", Jpeg(picture));
    }

    private static Task<Answer> PinAsync(HttpClient tablet, object request) =>
        tablet.SendAsync("/kiosk/calls/pin", JsonContent.Create(request));

    private static async Task<Answer> KeptAsync(HttpClient tablet, string key, DateTimeOffset at, params byte[][] pictures)
    {
        using var body = new MemoryStream();
        foreach (var picture in pictures)
        {
            var length = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, picture.Length);
            body.Write(length);
            body.Write(picture);
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, "/kiosk/calls/kept") { Content = Jpeg(body.ToArray()) };
        request.Headers.Add("Idempotency-Key", key);
        request.Headers.Add("X-Captured-At", at.ToString("O"));
        using var response = await tablet.SendAsync(request);
        return await Answer.ReadAsync(response);
    }

    private static ByteArrayContent Jpeg(byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        return content;
    }

    /// <summary>A host with four people: by face and PIN; each test has a kiosk of its own.</summary>
    public sealed class Door : IAsyncLifetime, IAsyncDisposable
    {
        public const string Pin = "7493";

        private readonly SignInHost _host = new();

        public Microsoft.Extensions.Time.Testing.FakeTimeProvider Clock => _host.Clock;

        public IServiceProvider Services => _host.Services;

        public async Task InitializeAsync()
        {
            await _host.SetUpAsync();
            foreach (var (i, name) in ((string[])["Ada", "Grace", "Edsger", "Barbara"]).Index())
            {
                var enrolled = await Services.GetRequiredService<IEnrollmentService>().EnrollAsync(new EnrollmentRequest
                {
                    EmployeeId = $"{i + 1}",
                    Name = name,
                    Photos = [Photos.People[i][0]],
                    Consent = new ConsentOptions().ToConsent(ConsentBasis.Given, Actor.User("test"), Clock.GetUtcNow()),
                    Note = new AuditNote { By = Actor.User("test") },
                });
                enrolled.Outcome.ShouldBe(EnrollmentOutcome.Enrolled);
                var pins = Services.GetRequiredService<WebHost.Pins>();
                (await pins.SetAsync(enrolled.Person!, Pin, new AuditNote { By = Actor.User("test") })).ShouldBeNull();
            }
        }

        public async Task<HttpClient> ComeAsync(string name)
        {
            var tablet = _host.Visit();
            await DeviceTests.PairAsync(_host, tablet, name);
            return tablet;
        }

        public async Task<Guid> FindAsync(string employeeId) =>
            (await Services.GetRequiredService<IPersonStore>().FindAsync(employeeId))!.Id;

        /// <summary>How many punches a device has.</summary>
        public async Task<int> CountAsync(string device)
        {
            using var scope = Services.CreateScope();
            var database = scope.ServiceProvider.GetRequiredService<HostContext>().Database;
            return await database.SqlQuery<int>($"SELECT count(*) AS \"Value\" FROM punches WHERE source = {device}").SingleAsync();
        }

        internal async Task<IReadOnlyList<DeviceEventKind>> EventsAsync(string device)
        {
            using var scope = Services.CreateScope();
            var database = scope.ServiceProvider.GetRequiredService<HostContext>();
            return await database.DeviceEvents.Where(line => database.Devices.Any(one => one.Id == line.DeviceId && one.Name == device))
                .OrderBy(line => line.At).Select(line => line.Kind).ToListAsync();
        }

        public ValueTask DisposeAsync() => _host.DisposeAsync();

        Task IAsyncLifetime.DisposeAsync() => _host.DisposeAsync().AsTask();
    }
}

using System.Net.Http.Headers;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.WebHost.Tests.Original;

/// <summary>What programs for the original application rely on.</summary>
[Collection(SharedHost.Name)]
public sealed class OriginalApiTests(TestHost host)
{
    private static readonly byte[] Face = Photos.People[0][0];

    [Theory]
    [InlineData(false, true, true)]
    [InlineData(true, false, true)]
    [InlineData(true, true, false)]
    public async Task Register_FieldAbsent_SaysMissingFormData(bool hasName, bool hasId, bool hasImage)
    {
        using var client = host.CreateClient();
        var form = Calls.Form().Text("name", hasName ? "A" : null).Text("employee_id", hasId ? "B" : null);

        var answer = await client.SendAsync("/register", hasImage ? form.Image("image", Face) : form);

        answer.Original.ShouldBe((400, "failed", "Missing form data"));
    }

    [Theory]
    [InlineData("", "B", "photo.jpg")]
    [InlineData("A", "", "photo.jpg")]
    [InlineData("  ", "B", "photo.jpg")]
    [InlineData("A", "B", "")]
    public async Task Register_FieldEmpty_SaysAllFieldsAreRequired(string name, string employeeId, string fileName)
    {
        using var client = host.CreateClient();

        var answer = await client.SendAsync(
            "/register", Calls.Form().Text("name", name).Text("employee_id", employeeId).Image("image", Face, fileName));

        answer.Original.ShouldBe((400, "failed", "All fields are required"));
    }

    [Fact]
    public async Task Register_BodyIsNoMultipartForm_SaysMissingFormData()
    {
        using var client = host.CreateClient();

        (await client.SendAsync("/register", null)).Original.ShouldBe((400, "failed", "Missing form data"));
        (await client.SendAsync("/register", new StringContent("{\"name\":\"A\"}", MediaTypeHeaderValue.Parse("application/json"))))
            .Original.ShouldBe((400, "failed", "Missing form data"));
        (await client.SendAsync("/register", new FormUrlEncodedContent([new("name", "A"), new("employee_id", "B")])))
            .Original.ShouldBe((400, "failed", "Missing form data"));
    }

    [Fact]
    public async Task Register_FileAsTextAndTextAsFile_SaysMissingFormData()
    {
        using var client = host.CreateClient();

        (await client.SendAsync("/register", Calls.Form().Text("name", "A").Text("employee_id", "B").Text("image", "not a file")))
            .Original.ShouldBe((400, "failed", "Missing form data"));
        (await client.SendAsync("/register", Calls.Form().Image("name", "A"u8.ToArray()).Text("employee_id", "B").Image("image", Face)))
            .Original.ShouldBe((400, "failed", "Missing form data"));
    }

    [Fact]
    public async Task Register_NoFace_SaysSo()
    {
        using var client = host.CreateClient();

        var answer = await client.OriginalRegisterAsync("o-noface", "A", Photos.NoFace);

        answer.Original.ShouldBe((400, "failed", "No face detected in image"));
    }

    [Fact]
    public async Task Register_UndecodableFile_IsTheCallersFault()
    {
        using var client = host.CreateClient();

        var answer = await client.OriginalRegisterAsync("o-text", "A", "just text"u8.ToArray());

        answer.Status.ShouldBe(400);
        answer["status"].ShouldBe("failed");
        answer["message"]!.ShouldStartWith("Image processing failed: ");
    }

    [Fact]
    public async Task Register_SeveralFaces_IsRefused()
    {
        using var client = host.CreateClient();

        var answer = await client.OriginalRegisterAsync("o-several", "A", Photos.Scene("bald_guys.jpg"));

        answer.Original.ShouldBe((400, "failed", "Several faces detected in image"));
    }

    [Fact]
    public async Task Register_SameIdTwice_SaysItExists()
    {
        using var client = host.CreateClient();

        var first = await client.OriginalRegisterAsync("o-twice", "A", Photos.People[1][1]);
        var second = await client.OriginalRegisterAsync("o-twice", "B", Photos.People[1][2]);

        first.Original.ShouldBe((200, "success", "User registered successfully"));
        second.Original.ShouldBe((409, "failed", "Employee ID already exists"));
    }

    [Theory]
    [InlineData(101, 1, "The name is longer than 100 characters.")]
    [InlineData(1, 51, "The employee ID is longer than 50 characters.")]
    public async Task Register_TextTooLong_IsRefused(int nameLength, int idLength, string message)
    {
        using var client = host.CreateClient();

        var answer = await client.OriginalRegisterAsync(new string('x', idLength), new string('x', nameLength), Face);

        answer.Original.ShouldBe((400, "failed", message));
    }

    [Fact]
    public async Task Attendance_NoImagePart_SaysSo()
    {
        using var client = host.CreateClient();

        (await client.SendAsync("/attendance", null)).Original.ShouldBe((400, "failed", "No image part in the request"));
        (await client.SendAsync("/attendance", Calls.Form().Text("image", "text"))).Original.ShouldBe(
            (400, "failed", "No image part in the request"));
        (await client.SendAsync("/attendance", Calls.Form().Image("photo", Face))).Original.ShouldBe(
            (400, "failed", "No image part in the request"));
    }

    [Fact]
    public async Task Attendance_EmptyFileName_SaysNoImageFile()
    {
        using var client = host.CreateClient();

        var answer = await client.SendAsync("/attendance", Calls.Form().Image("image", [], fileName: ""));

        answer.Original.ShouldBe((400, "failed", "No image file provided"));
    }

    [Fact]
    public async Task Attendance_NoFace_SaysSo()
    {
        using var client = host.CreateClient();

        var answer = await client.OriginalAttendAsync(Photos.NoFace);

        answer.Original.ShouldBe((400, "failed", "No face detected"));
    }

    [Fact]
    public async Task Register_FieldTwice_IsRefused()
    {
        using var client = host.CreateClient();

        var answer = await client.SendAsync(
            "/register", Calls.Form().Text("name", "A").Text("name", "B").Text("employee_id", "C").Image("image", Face));

        answer.Original.ShouldBe((400, "failed", "The field name comes more than once."));
    }

    [Fact]
    public async Task Attendance_OnceAndAgain_MarksAndSaysAlreadyMarked()
    {
        await using var own = new TestHost();
        using var client = own.CreateClient();

        var unknown = await client.OriginalAttendAsync(Photos.People[0][1]);
        var registered = await client.OriginalRegisterAsync("7", "Ada Lovelace", Photos.People[0][0]);
        var first = await client.OriginalAttendAsync(Photos.People[0][1]);
        var second = await client.OriginalAttendAsync(Photos.People[0][2]);

        unknown.Original.ShouldBe((404, "failed", "Unknown user. Please register first."));
        registered.Original.ShouldBe((200, "success", "User registered successfully"));
        first.Original.ShouldBe((200, "success", "Attendance marked for Ada Lovelace"));
        second.Original.ShouldBe((200, "already_marked", "Attendance already marked for Ada Lovelace today"));
    }

    [Fact]
    public async Task Register_APerson_RecordsThatTheOperatorAttestsTheConsent()
    {
        await using var own = new TestHost();
        using var client = own.CreateClient();

        (await client.OriginalRegisterAsync("7", "Ada Lovelace", Face)).Status.ShouldBe(200);

        var people = own.Services.GetRequiredService<IPersonStore>();
        var consents = own.Services.GetRequiredService<IConsentStore>();
        var consent = (await consents.ListAsync((await people.FindAsync("7"))!.Id)).ShouldHaveSingleItem();
        (consent.Basis, consent.RecordedBy).ShouldBe((ConsentBasis.Attested, Actor.Claimed("POST /register")));
    }

    [Fact]
    public async Task Register_AttestingIsTurnedOff_IsRefused()
    {
        await using var own = new TestHost();
        await using var strict = own.WithWebHostBuilder(builder => builder.UseSetting("Frat:Consent:Attest", "false"));
        using var client = strict.CreateClient();

        var answer = await client.OriginalRegisterAsync("7", "Ada Lovelace", Face);

        answer.Original.ShouldBe(
            (403, "failed", "Registration by this call is turned off, because it can't ask for consent. Use the registration page."));
        (await client.FetchAsync("/api/v1/people/7")).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("GET", "/register")]
    [InlineData("GET", "/attendance")]
    public async Task Call_WithAnotherMethod_AnswersInTheOriginalForm(string method, string path)
    {
        using var client = host.CreateClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        using var response = await client.SendAsync(request);
        var answer = await Answer.ReadAsync(response);

        answer.Status.ShouldBe(405);
        answer["status"].ShouldBe("failed");
    }
}

using System.Net.Http.Headers;
using System.Text;

namespace Frat.WebHost.Tests.Uploads;

/// <summary>Whatever is sent, the answer says what is wrong with it, in both forms.</summary>
[Collection(SharedHost.Name)]
public sealed class BadInputTests(TestHost host)
{
    private static readonly byte[] Face = Photos.People[0][0];

    [Theory]
    [InlineData("empty", 400, "empty")]
    [InlineData("text", 400, "unsupportedFormat")]
    [InlineData("truncated", 400, "corrupt")]
    [InlineData("bomb", 400, "tooManyPixels")]
    [InlineData("30 MB", 413, "tooManyBytes")]
    public async Task AnyCall_FileIsNoImage_SaysWhy(string file, int status, string reason)
    {
        using var client = host.CreateClient();
        var bytes = BadFile(file);

        Answer[] answers =
        [
            await client.SendAsync("/api/v1/photos/assess", Calls.Form().Image("photo", bytes)),
            await client.RegisterAsync("bad-file", "A", bytes),
            await client.CheckInAsync(bytes),
        ];
        Answer[] originals = [await client.OriginalRegisterAsync("bad-file", "A", bytes), await client.OriginalAttendAsync(bytes)];

        foreach (var answer in answers)
        {
            answer.Problem.ShouldBe((status, "invalidImage"));
            answer["reason"].ShouldBe(reason);
            answer["detail"].ShouldNotBeNullOrWhiteSpace();
        }

        foreach (var original in originals)
        {
            original.Status.ShouldBe(status);
            original["status"].ShouldBe("failed");
            original["message"]!.ShouldStartWith("Image processing failed: ");
        }

        (await client.FetchAsync("/api/v1/people/bad-file")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task AnyCall_RequestOverTheLimit_SaysSo()
    {
        using var client = host.CreateClient();
        var bytes = new byte[40_000_000];

        (await client.CheckInAsync(bytes)).Problem.ShouldBe((413, "requestTooLarge"));
        (await client.OriginalAttendAsync(bytes)).Original.ShouldBe(
            (413, "failed", "The upload is larger than the 32 MiB that one request may have."));
    }

    [Fact]
    public async Task AnyCall_BodyOfUnannouncedLength_SaysSo()
    {
        using var client = host.CreateClient();
        using var body = new StreamContent(new MemoryStream([.. "--b\r\n\r\n"u8, .. new byte[1_000]]));
        body.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/check-ins") { Content = body };
        request.Headers.TransferEncodingChunked = true;

        using var response = await client.SendAsync(request);

        (await Answer.ReadAsync(response)).Problem.ShouldBe((411, "lengthRequired"));
    }

    [Fact]
    public async Task ApiCall_BodyIsNoMultipartForm_IsUnsupported()
    {
        using var client = host.CreateClient();

        (await client.SendAsync("/api/v1/people", null)).Problem.ShouldBe((415, "unsupportedMediaType"));
        (await client.SendAsync("/api/v1/check-ins", new StringContent("{}", MediaTypeHeaderValue.Parse("application/json")))).Problem
            .ShouldBe((415, "unsupportedMediaType"));
    }

    [Theory]
    [InlineData("multipart/form-data", "--b\r\n\r\nx\r\n--b--")]
    [InlineData("multipart/form-data; boundary=other", "--b\r\nContent-Disposition: form-data; name=\"image\"\r\n\r\nx\r\n--b--")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a\"\r\n\r\ncut off")]
    [InlineData("multipart/form-data; boundary=b", "--b\r\nContent-Type: image/jpeg\r\n\r\nno name\r\n--b--")]
    public async Task AnyCall_BrokenForm_IsRefused(string contentType, string body)
    {
        using var client = host.CreateClient();

        var answer = await client.SendAsync("/api/v1/check-ins", Raw(contentType, body));
        var original = await client.SendAsync("/attendance", Raw(contentType, body));

        answer.Problem.ShouldBe((400, "invalidForm"));
        (original.Status, original["status"]).ShouldBe((400, "failed"));
    }

    [Fact]
    public async Task Register_FieldTwice_IsRefused()
    {
        using var client = host.CreateClient();

        (await client.SendAsync(
            "/api/v1/people", Calls.Form().Text("name", "A").Text("name", "B").Text("employeeId", "C").Image("photo", Face))).Problem
            .ShouldBe((400, "invalidForm"));
        (await client.SendAsync("/api/v1/photos/assess", Calls.Form().Image("photo", Face).Image("photo", Face))).Problem.ShouldBe(
            (400, "invalidForm"));
        (await client.SendAsync(
            "/api/v1/check-ins", Calls.Form().Text("source", "a").Text("source", "b").Image("image", Face).Image("image", Face))).Problem
            .ShouldBe((400, "invalidForm"), "of a check-in, only its frames are several");
    }

    [Fact]
    public async Task Register_FieldsMissingOrOfTheWrongKind_NamesEachField()
    {
        using var client = host.CreateClient();

        var missing = await client.SendAsync("/api/v1/people", Calls.Form().Text("other", "x"));
        var wrongKind = await client.SendAsync(
            "/api/v1/people", Calls.Form().Image("name", "A"u8.ToArray()).Text("employeeId", "C").Text("photo", "x"));

        missing.Problem.ShouldBe((400, "invalidFields"));
        missing.Json!["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["name", "employeeId", "photo"], ignoreOrder: true);
        wrongKind.Json!["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["name", "photo"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("name", "bell\u0007")]
    [InlineData("name", "two\nlines")]
    [InlineData("name", "\u0000")]
    [InlineData("employeeId", "tab\tinside")]
    [InlineData("employeeId", " \u2003 ")]
    public async Task Register_TextThatCantBeStored_NamesTheField(string field, string value)
    {
        using var client = host.CreateClient();

        var answer = await client.RegisterAsync(field == "employeeId" ? value : "text", field == "name" ? value : "A", Face);

        answer.Problem.ShouldBe((400, "invalidFields"));
        answer.Json!["errors"]!.AsObject().ShouldHaveSingleItem().Key.ShouldBe(field);
    }

    [Fact]
    public async Task Register_TextTooLong_NamesBothFields()
    {
        using var client = host.CreateClient();

        var answer = await client.RegisterAsync(new string('1', 51), new string('n', 101), Face);

        answer.Json!["errors"]!.AsObject().Count.ShouldBe(2);
    }

    [Fact]
    public async Task Register_NameIsNotUtf8_IsRefused()
    {
        using var client = host.CreateClient();
        var form = Calls.Form().Text("employeeId", "utf").Image("photo", Face);
        form.Add(new ByteArrayContent([0xFF, 0xFE, 0x41]), "\"name\"");

        (await client.SendAsync("/api/v1/people", form)).Problem.ShouldBe((400, "invalidForm"));
    }

    [Fact]
    public async Task Register_ElevenPhotos_IsRefused()
    {
        using var client = host.CreateClient();

        var answer = await client.RegisterAsync("eleven", "A", [.. Enumerable.Repeat(Face, 11)]);

        answer.Problem.ShouldBe((400, "invalidFields"));
    }

    [Fact]
    public async Task CheckIn_SourceOrKeyTooLong_NamesTheField()
    {
        using var client = host.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/check-ins")
        {
            Content = Calls.Form().Image("image", Face).Text("source", new string('s', 101)),
        };
        request.Headers.Add("Idempotency-Key", new string('k', 101));

        using var response = await client.SendAsync(request);
        var answer = await Answer.ReadAsync(response);

        answer.Json!["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["source", "Idempotency-Key"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("/api/v1/attendance?from=yesterday", "from")]
    [InlineData("/api/v1/attendance?to=2026-02-30", "to")]
    [InlineData("/api/v1/attendance?from=2026-02-02&to=2026-02-01", "to")]
    [InlineData("/api/v1/attendance?from=2025-01-01&to=2026-01-02", "to")]
    public async Task Attendance_BadDates_NamesTheParameter(string path, string field)
    {
        using var client = host.CreateClient();

        var answer = await client.FetchAsync(path);

        answer.Problem.ShouldBe((400, "invalidFields"));
        answer.Json!["errors"]!.AsObject().ShouldHaveSingleItem().Key.ShouldBe(field);
    }

    [Theory]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api/nothing")]
    public async Task Fetch_UnknownAddress_IsAProblem(string path)
    {
        using var client = host.CreateClient();

        (await client.FetchAsync(path)).Problem.ShouldBe((404, "notFound"));
    }

    private static byte[] BadFile(string file) => file switch
    {
        "empty" => [],
        "text" => "This is no image."u8.ToArray(),
        "truncated" => Face[..(Face.Length / 2)],
        "bomb" => Photos.Png(20_000, 20_000),
        _ => new byte[30_000_000],
    };

    private static ByteArrayContent Raw(string contentType, string body)
    {
        var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return content;
    }
}

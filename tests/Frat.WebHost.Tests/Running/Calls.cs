using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Frat.WebHost.Tests;

/// <summary>What the host answered.</summary>
internal sealed record Answer(int Status, string? ContentType, JsonNode? Json)
{
    /// <summary>A member of the JSON as text; null when it is missing.</summary>
    public string? this[string name] => Json?[name]?.ToString();

    /// <summary>The original application's form, in short.</summary>
    public (int Code, string? Status, string? Message) Original => (Status, this["status"], this["message"]);

    /// <summary>A problem, in short.</summary>
    public (int Status, string? Code) Problem => (Status, ContentType == "application/problem+json" ? this["code"] : "no problem");

    public static async Task<Answer> ReadAsync(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        var type = response.Content.Headers.ContentType?.MediaType;
        return new Answer(
            (int)response.StatusCode, type, type?.EndsWith("json", StringComparison.Ordinal) == true ? JsonNode.Parse(text) : text);
    }
}

/// <summary>The calls of both APIs, as a program makes them.</summary>
internal static class Calls
{
    public static MultipartFormDataContent Form() => [];

    public static MultipartFormDataContent Text(this MultipartFormDataContent form, string name, string? value)
    {
        if (value is not null)
        {
            var content = new StringContent(value);
            content.Headers.ContentType = null;
            form.Add(content, Quoted(name));
        }

        return form;
    }

    public static MultipartFormDataContent Image(
        this MultipartFormDataContent form, string name, byte[] bytes, string fileName = "photo.jpg")
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        content.Headers.ContentDisposition = new ContentDispositionHeaderValue(
            "form-data") { Name = Quoted(name), FileName = Quoted(fileName) };
        form.Add(content);
        return form;
    }

    public static async Task<Answer> SendAsync(this HttpClient client, string path, HttpContent? body)
    {
        using var response = await client.PostAsync(new Uri(path, UriKind.Relative), body);
        body?.Dispose();
        return await Answer.ReadAsync(response);
    }

    public static async Task<Answer> FetchAsync(this HttpClient client, string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        return await Answer.ReadAsync(response);
    }

    /// <summary>Registers somebody, also where the tests have registered the same face before.</summary>
    public static Task<Answer> RegisterAsync(this HttpClient client, string employeeId, string name, params byte[][] photos) =>
        client.SendAsync("/api/v1/people", Registration(employeeId, name, photos).LikeNobody());

    public static MultipartFormDataContent Registration(string employeeId, string name, params byte[][] photos)
    {
        var form = Form().Text("employeeId", employeeId).Text("name", name).Text("consent", "1");
        foreach (var photo in photos)
        {
            form.Image("photo", photo);
        }

        return form;
    }

    /// <summary>Answers for the face being another one than whose it is like.</summary>
    public static MultipartFormDataContent LikeNobody(this MultipartFormDataContent form) =>
        form.Text("duplicate_by", "test").Text("duplicate_reason", "The tests have few faces.");

    public static async Task<Answer> RemoveAsync(this HttpClient client, string path)
    {
        using var response = await client.DeleteAsync(new Uri(path, UriKind.Relative));
        return await Answer.ReadAsync(response);
    }

    public static Task<Answer> ChangeAsync(this HttpClient client, string path, string? by = null, string? reason = null) =>
        client.SendAsync(path, JsonContent.Create(new { by, reason }));

    public static Task<Answer> CheckInAsync(this HttpClient client, byte[] image) =>
        client.SendAsync("/api/v1/check-ins", Form().Image("image", image));

    public static Task<Answer> OriginalRegisterAsync(this HttpClient client, string? employeeId, string? name, byte[] image) =>
        client.SendAsync("/register", Form().Text("name", name).Text("employee_id", employeeId).Image("image", image));

    public static Task<Answer> OriginalAttendAsync(this HttpClient client, byte[] image) =>
        client.SendAsync("/attendance", Form().Image("image", image));

    private static string Quoted(string name) => $"\"{name}\"";
}

using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Frat.AspNetCore.Tests;

/// <summary>Calls with JSON, and what came of them.</summary>
internal static class Calls
{
    public static async Task<(int Status, JsonNode? Json)> CallAsync(
        this HttpClient client, string method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    /// <summary>Posts a form, of which bytes are files, and texts are texts.</summary>
    public static async Task<(int Status, JsonNode? Json)> SendFormAsync(
        this HttpClient client, string path, IEnumerable<(string Name, object Value)> fields, string? key = null)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            if (value is byte[] file)
            {
                form.Add(new ByteArrayContent(file), $"\"{name}\"", "\"photo.png\"");
            }
            else
            {
                form.Add(new StringContent((string)value), $"\"{name}\"");
            }
        }

        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = form };
        return await client.SendAsync(request, key);
    }

    /// <summary>Posts JSON with an idempotency key.</summary>
    public static async Task<(int Status, JsonNode? Json)> PostAsync(this HttpClient client, string path, object body, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        return await client.SendAsync(request, key);
    }

    /// <summary>The fields that a problem says something about.</summary>
    public static string Fields(this (int Status, JsonNode? Json) answer) =>
        string.Join(' ', answer.Json?["errors"]?.AsObject().Select(error => error.Key) ?? []);

    private static async Task<(int Status, JsonNode? Json)> SendAsync(this HttpClient client, HttpRequestMessage request, string? key)
    {
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public static string? Code(this (int Status, JsonNode? Json) answer) => answer.Json?["code"]?.ToString();
}

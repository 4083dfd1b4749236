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

    public static string? Code(this (int Status, JsonNode? Json) answer) => answer.Json?["code"]?.ToString();
}

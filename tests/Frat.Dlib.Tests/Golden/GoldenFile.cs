using System.Text.Json;

namespace Frat.Dlib.Tests.Golden;

/// <summary>The golden files beside this one: what dlib itself found in Debian's photos, printed by <c>benchmarks/dlib-reference</c>.</summary>
internal static class GoldenFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>The 55 photos of one face of 150×150 pixels.</summary>
    public static IReadOnlyList<GoldenImage> Johns { get; } = Read("johns.jsonl");

    /// <summary>The 12 scenes.</summary>
    public static IReadOnlyList<GoldenImage> Faces { get; } = Read("faces.jsonl");

    /// <summary>The 12 scenes, doubled once before faces were looked for.</summary>
    public static IReadOnlyList<GoldenImage> FacesUpsampled { get; } = Read("faces-upsampled.jsonl");

    private static GoldenImage[] Read(string name) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", name)).Select(line => JsonSerializer.Deserialize<GoldenImage>(line, Options)!)];
}

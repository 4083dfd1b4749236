using System.Text.Json;

namespace Frat.Dlib.Tests.Golden;

/// <summary>
/// The golden files beside this one: what dlib itself found in Debian's photos, printed by <c>benchmarks/dlib-reference</c>.
/// </summary>
internal static class GoldenFile
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>The 55 photos of one face of 150×150 pixels.</summary>
    public static IReadOnlyList<GoldenImage> Johns { get; } = Read("johns.jsonl");

    /// <summary>The 12 scenes.</summary>
    public static IReadOnlyList<GoldenImage> Faces { get; } = Read("faces.jsonl");

    /// <summary>The 12 scenes, doubled once before faces were looked for.</summary>
    public static IReadOnlyList<GoldenImage> FacesUpsampled { get; } = Read("faces-upsampled.jsonl");

    /// <summary>The 12 scenes, each encoding the mean over ten jittered chips.</summary>
    public static IReadOnlyList<GoldenImage> FacesJittered { get; } = Read("faces-jitter.jsonl");

    /// <summary>The 12 scenes with 68 landmarks, and chips aligned by them.</summary>
    public static IReadOnlyList<GoldenImage> FacesBy68 { get; } = Read("faces-68.jsonl");

    /// <summary>The 55 photos, doubled once before the CNN detector looked for faces: boxes and scores only.</summary>
    public static IReadOnlyList<GoldenBoxes> JohnsCnn { get; } = Read<GoldenBoxes>("johns-cnn.jsonl");

    /// <summary>The 12 scenes with the CNN detector: boxes and scores only.</summary>
    public static IReadOnlyList<GoldenBoxes> FacesCnn { get; } = Read<GoldenBoxes>("faces-cnn.jsonl");

    private static GoldenImage[] Read(string name) => Read<GoldenImage>(name);

    private static T[] Read<T>(string name) =>
        [.. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", name))
            .Select(line => JsonSerializer.Deserialize<T>(line, Options)!)];
}

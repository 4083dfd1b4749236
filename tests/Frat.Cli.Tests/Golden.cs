using System.Text.Json;
using Frat.TestKit;

namespace Frat.Cli.Tests;

/// <summary>What dlib itself found in Debian's photos.</summary>
internal static class Golden
{
    /// <summary>What dlib found in a photo; <paramref name="list"/> is the golden file's name.</summary>
    public static JsonElement Of(string list, string photo) => File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Golden", list))
        .Select(line => JsonDocument.Parse(line).RootElement)
        .Single(image => image.GetProperty("file").GetString() == photo);

    /// <summary>The photo's file.</summary>
    public static string Photo(string name) => Path.Combine(Path.GetDirectoryName(DebianPhotos.JohnsFolder)!, name);

    /// <summary>Asserts that an object of frat's output says what dlib says, in the agreed form.</summary>
    public static void ShouldAgree(JsonElement actual, JsonElement golden, bool encodes)
    {
        Names(actual).ShouldBe(["file", "width", "height", "faces", "seconds"]);
        Names(actual.GetProperty("seconds")).ShouldBe(encodes ? ["decode", "detect", "encode"] : ["decode", "detect"]);
        actual.GetProperty("seconds").EnumerateObject().ShouldAllBe(step => step.Value.GetDouble() > 0 && step.Value.GetDouble() < 600);
        actual.GetProperty("width").GetInt32().ShouldBe(golden.GetProperty("width").GetInt32());
        actual.GetProperty("height").GetInt32().ShouldBe(golden.GetProperty("height").GetInt32());
        actual.GetProperty("faces").GetArrayLength().ShouldBe(golden.GetProperty("faces").GetArrayLength());
        foreach (var (face, expected) in actual.GetProperty("faces").EnumerateArray().Zip(golden.GetProperty("faces").EnumerateArray()))
        {
            Names(face).ShouldBe(encodes ? ["box", "score", "landmarks", "encoding"] : ["box", "score", "landmarks"]);
            Names(face.GetProperty("box")).ShouldBe(["left", "top", "right", "bottom"]);
            Near(face.GetProperty("box").EnumerateObject().Select(edge => edge.Value), Numbers(expected, "box"), 1);
            face.GetProperty("score").GetDouble().ShouldBe(expected.GetProperty("score").GetDouble(), 1e-3);
            face.GetProperty("landmarks").GetArrayLength().ShouldBe(expected.GetProperty("landmarks").GetArrayLength());
            foreach (var (point, place) in Numbers(face, "landmarks").Zip(Numbers(expected, "landmarks")))
            {
                Near(point.EnumerateArray(), place.EnumerateArray(), 0.5);
            }

            if (encodes)
            {
                Distance(Numbers(face, "encoding"), Numbers(expected, "encoding")).ShouldBeLessThan(1e-3);
            }
        }
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];

    private static JsonElement[] Numbers(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray()];

    private static void Near(IEnumerable<JsonElement> actual, IEnumerable<JsonElement> expected, double tolerance)
    {
        foreach (var (value, other) in actual.Zip(expected))
        {
            value.GetDouble().ShouldBe(other.GetDouble(), tolerance);
        }
    }

    private static double Distance(JsonElement[] first, JsonElement[] second)
    {
        first.Length.ShouldBe(128);
        return Math.Sqrt(first.Zip(second, (a, b) => Math.Pow(a.GetDouble() - b.GetDouble(), 2)).Sum());
    }
}

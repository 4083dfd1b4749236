using System.Globalization;
using Frat.TestKit;

namespace Frat.Cli.Tests.Faces;

/// <summary><c>frat encode</c> and <c>frat detect</c> with the second encoder.</summary>
public sealed class MobileFaceNetFacesTests
{
    private const string Salley = "johns/John_Salley/000179_02159509.jpg";

    // The model files as somebody copied them by hand.
    [Fact]
    public async Task Encode_MobileFaceNet_TellsPeopleApart()
    {
        const string simm = "johns/John_Simm/";
        var other = Directory.GetFiles(Golden.Photo(simm)).Order(StringComparer.Ordinal).Take(2).ToArray();

        string[] how = ["--encoder", "mobilefacenet", "--models", SharedModels.Folder];

        var run = await FratRun.Of(["encode", "--json", "--mirror", .. how, Golden.Photo(Salley), .. other]);
        var table = await FratRun.Of(["encode", .. how, Golden.Photo(Salley), other[0]]);
        var detected = await FratRun.Of(["detect", "--json", .. how, other[0]]);

        (run.ExitCode, run.Error, table.ExitCode, detected.ExitCode).ShouldBe((0, "", 0, 0));
        var encodings = run.Json.Select(line => line.GetProperty("faces").EnumerateArray().Single().GetProperty("encoding")
            .EnumerateArray().Select(value => value.GetSingle()).ToArray()).ToList();
        encodings.ShouldAllBe(values => values.Length == 128);
        Distance(encodings[1], encodings[2]).ShouldBeLessThan(0.45);
        Distance(encodings[0], encodings[1]).ShouldBeGreaterThan(0.65);
        double.Parse(table.Lines[2].Split(' ', StringSplitOptions.RemoveEmptyEntries)[6], CultureInfo.InvariantCulture)
            .ShouldBe(Distance(encodings[0], encodings[1]), 0.15, "by the cosine, though without the mirror image");
        var face = detected.Json.Single().GetProperty("faces").EnumerateArray().Single();
        face.GetProperty("landmarks").GetArrayLength().ShouldBe(5);
        face.TryGetProperty("encoding", out _).ShouldBeFalse();

        static double Distance(float[] one, float[] other) => 1 - one.Zip(other, (a, b) => (double)a * b).Sum();
    }

    [Theory]
    [InlineData("--detector", "cnn")]
    [InlineData("--landmarks", "68")]
    [InlineData("--upsample", "1")]
    [InlineData("--jitter", "2")]
    public async Task Encode_MobileFaceNetWithASettingOfDlib_IsRefusedByName(string option, string value)
    {
        var run = await FratRun.Of("encode", "--encoder", "mobilefacenet", option, value, Golden.Photo(Salley));

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(option);
    }
}

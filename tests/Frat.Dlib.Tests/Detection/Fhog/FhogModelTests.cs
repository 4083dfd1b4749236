using System.Reflection;

namespace Frat.Dlib.Tests.Detection.Fhog;

public sealed class FhogModelTests
{
    private const string ResourceName = "dlib_frontal_face_detector.fhog";

    [Theory]
    [InlineData("empty")]
    [InlineData("text")]
    [InlineData("only its first word")]
    [InlineData("cut off in the version")]
    [InlineData("cut off in the header")]
    [InlineData("cut off in the weights")]
    [InlineData("without its last byte")]
    [InlineData("going on after its end")]
    [InlineData("with one bit changed")]
    [InlineData("of another version")]
    [InlineData("far too long")]
    public void Load_DamagedFile_ThrowsAndNamesTheFile(string damage)
    {
        var error = Should.Throw<ModelFileException>(() => FhogModel.Load(new MemoryStream(Damaged(damage))));

        error.FileName.ShouldBe(ResourceName);
        error.Message.ShouldContain(ResourceName);
    }

    [Fact]
    public void Load_WrongValueWithRightChecksum_ThrowsAndNamesTheValue()
    {
        var file = Embedded();
        file[8] = 4;
        var sum = 0xcbf29ce484222325UL;
        foreach (var value in file[4..^8])
        {
            sum = (sum ^ value) * 0x100000001b3UL;
        }

        BitConverter.GetBytes(sum).CopyTo(file, file.Length - 8);

        Should.Throw<ModelFileException>(() => FhogModel.Load(new MemoryStream(file))).Message.ShouldContain("4 as its cell size");
    }

    [Fact]
    public void LoadEmbedded_Always_HasTheFiveDetectorsOfDlib()
    {
        var model = FhogModel.LoadEmbedded();

        model.Filters.Thresholds.Count.ShouldBe(5);
        model.Filters.Groups.ToArray().Sum(group => group.Detectors.Length).ShouldBe(305);
        (model.MinLevelWidth, model.MinLevelHeight).ShouldBe((64, 64));
    }

    internal static byte[] Embedded()
    {
        using var stream = Assembly.GetAssembly(typeof(FhogModel))!.GetManifestResourceStream(ResourceName)!;
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    private static byte[] Damaged(string damage)
    {
        var file = Embedded();
        switch (damage)
        {
            case "empty": return [];
            case "text": return "this is not a model"u8.ToArray();
            case "only its first word": return file[..4];
            case "cut off in the version": return file[..6];
            case "cut off in the header": return file[..40];
            case "cut off in the weights": return file[..^100];
            case "without its last byte": return file[..^1];
            case "going on after its end": return [.. file, 0];
            case "with one bit changed": file[file.Length / 2] ^= 1; return file;
            case "of another version": file[4]++; return file;
            case "far too long": return new byte[2 << 20];
            default: throw new ArgumentOutOfRangeException(nameof(damage), damage, null);
        }
    }
}

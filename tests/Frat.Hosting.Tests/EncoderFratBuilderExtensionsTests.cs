using Frat.Dlib;
using Frat.Onnx;
using Frat.TestKit;
using Frat.Vision;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Frat.Hosting.Tests;

/// <summary>The encoder by its name, on real models, photos and databases.</summary>
public sealed class EncoderFratBuilderExtensionsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("frat-encoder-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void UseEncoder_NothingIsSet_IsDlib()
    {
        using var host = Build();

        host.Services.GetRequiredService<IFaceEncoder>().ShouldBeOfType<DlibFaceEncoder>();
        host.Services.GetService<OnnxFaceEmbedder>().ShouldBeNull();
    }

    [Fact]
    public async Task UseEncoder_MobileFaceNet_EnrolsAndRecognises()
    {
        await PlaceModelsAsync();
        using var host = Build(("Frat:Encoder", "MobileFaceNet"));
        await host.StartAsync();

        host.Services.GetRequiredService<IFaceEncoder>().Info.Id.ShouldBe("mobilefacenet-foamliu-v1");
        host.Services.GetRequiredService<IFaceDetector>().ShouldBeOfType<YuNetFaceDetector>();
        await EnrolAsync(host);
        (await SeeAsync(host, Other(0))).ShouldBe(IdentificationOutcome.Recognized);
        (await SeeAsync(host, Photos("John_Simm")[0])).ShouldBe(IdentificationOutcome.Unknown);
        await host.StopAsync();
    }

    [Fact]
    public async Task UseEncoder_MobileFaceNetBehindDlib_FindsDlibsPoints()
    {
        await PlaceModelsAsync();
        using var host = Build(("Frat:Encoder", "MobileFaceNet"), ("Frat:Detector", "Dlib"));
        await host.StartAsync();
        var encoder = host.Services.GetRequiredService<IFaceEncoder>();
        var decoder = host.Services.GetRequiredService<IImageDecoder>();
        List<Face> faces = [];
        foreach (var photo in Photos("John_Salley").Take(2).Append(Photos("John_Simm")[0]))
        {
            using var image = await decoder.DecodeAsync(await File.ReadAllBytesAsync(photo));
            faces.Add((await encoder.EncodeAsync(image)).ShouldHaveSingleItem());
        }

        host.Services.GetRequiredService<IFaceDetector>().ShouldBeOfType<DlibFaceEncoder>();
        faces.ShouldAllBe(face => face.Landmarks.Scheme.Equals(LandmarkScheme.EyeCorners) && face.Encoding.EncoderId == encoder.Info.Id);
        encoder.Info.IsMatch(faces[0].Encoding, faces[1].Encoding).ShouldBeTrue();
        encoder.Info.IsMatch(faces[0].Encoding, faces[2].Encoding).ShouldBeFalse();
        await host.StopAsync();
    }

    // One database, two encoders: nobody is compared with numbers of the other kind, and nobody is lost.
    [Fact]
    public async Task UseEncoder_Changed_NeverMixesTemplates()
    {
        await PlaceModelsAsync();
        using (var host = Build(("Frat:Encoder", "Dlib")))
        {
            await host.StartAsync();
            await EnrolAsync(host);
            (await SeeAsync(host, Other(0))).ShouldBe(IdentificationOutcome.Recognized);
            await host.StopAsync();
        }

        using (var host = Build(("Frat:Encoder", "MobileFaceNet")))
        {
            await host.StartAsync();
            (await SeeAsync(host, Other(1))).ShouldBe(IdentificationOutcome.Unknown);
            var person = (await host.Services.GetRequiredService<IPersonStore>().FindAsync("1042")).ShouldNotBeNull();
            (await host.Services.GetRequiredService<IEnrollmentService>().AddPhotosAsync(new AddPhotosRequest
            {
                PersonId = person.Id,
                Photos = [File.ReadAllBytes(Photos("John_Salley")[0])],
                Note = new() { By = Actor.User("grace.hopper") },
            })).Outcome.ShouldBe(EnrollmentOutcome.Enrolled);
            (await SeeAsync(host, Other(1))).ShouldBe(IdentificationOutcome.Recognized);
            (await host.Services.GetRequiredService<IEncodingStore>().ListAsync(person.Id)).Select(template => template.EncoderId)
                .ShouldBe(["dlib-resnet-v1", "dlib-resnet-v1", "mobilefacenet-foamliu-v1"]);
            await host.StopAsync();
        }

        using (var host = Build())
        {
            await host.StartAsync();
            (await SeeAsync(host, Other(2))).ShouldBe(IdentificationOutcome.Recognized);
            await host.StopAsync();
        }
    }

    // How a site moves: enrol with both for a while, then change the setting.
    [Theory]
    [InlineData("Dlib", "MobileFaceNet")]
    [InlineData("MobileFaceNet", "Dlib")]
    public async Task UseEncoder_AlsoEncodeWith_KnowsEverybodyAfterTheChange(string before, string after)
    {
        await PlaceModelsAsync();
        using (var host = Build(("Frat:Encoder", before), ("Frat:AlsoEncodeWith", after)))
        {
            await host.StartAsync();
            await EnrolAsync(host);
            (await SeeAsync(host, Other(0))).ShouldBe(IdentificationOutcome.Recognized);
            var person = (await host.Services.GetRequiredService<IPersonStore>().FindAsync("1042")).ShouldNotBeNull();
            var added = await host.Services.GetRequiredService<IEnrollmentService>().AddPhotosAsync(new AddPhotosRequest
            {
                PersonId = person.Id,
                Photos = [File.ReadAllBytes(Photos("John_Salley")[2])],
                Note = new() { By = Actor.User("grace.hopper") },
            });
            added.Outcome.ShouldBe(EnrollmentOutcome.Enrolled);
            var own = host.Services.GetRequiredService<IFaceEncoder>().Info.Id;
            var templates = await host.Services.GetRequiredService<IEncodingStore>().ListAsync(person.Id);
            templates.Count(template => template.EncoderId == own).ShouldBe(3);
            templates.Count(template => template.EncoderId != own).ShouldBe(3);
            await host.StopAsync();
        }

        using (var host = Build(("Frat:Encoder", after)))
        {
            await host.StartAsync();
            (await SeeAsync(host, Other(1))).ShouldBe(IdentificationOutcome.Recognized);
            (await SeeAsync(host, Photos("John_Simm")[0])).ShouldBe(IdentificationOutcome.Unknown);
            await host.StopAsync();
        }
    }

    [Fact]
    public void UseEncoder_AlsoEncodeWithItself_IsRefused() => Should.Throw<SettingException>(
            () => Build(("Frat:Encoder", "MobileFaceNet"), ("Frat:AlsoEncodeWith", "mobilefacenet")))
        .Message.ShouldStartWith("Frat:AlsoEncodeWith is the encoder that Frat:Encoder names.");

    // Only dlib's files are there: who wants both needs both.
    [Fact]
    public async Task UseEncoder_AlsoEncodeWithWhatWasNotPulled_HostDoesNotStart()
    {
        await PlaceModelsAsync();
        File.Delete(Path.Combine(Models, OnnxModels.MobileFaceNetFile));
        using var host = Build(("Frat:AlsoEncodeWith", "MobileFaceNet"));

        (await Should.ThrowAsync<ModelFileException>(() => host.StartAsync())).Message
            .ShouldContain("`frat models pull mobilefacenet.onnx`");
    }

    [Fact]
    public async Task UseEncoder_MobileFaceNetWasNotPulled_HostDoesNotStartAndSaysWhatToDo()
    {
        using var host = Build(("Frat:Encoder", "MobileFaceNet"), ("Frat:Models:Sources", "All"));

        var message = (await Should.ThrowAsync<ModelFileException>(() => host.StartAsync())).Message;

        message.ShouldContain("`frat models pull mobilefacenet.onnx`");
        message.ShouldContain("withdrawn by its publisher");
        Directory.Exists(Models).ShouldBeFalse();
    }

    [Fact]
    public void UseEncoder_DlibBehindYuNet_IsRefused() => Should.Throw<SettingException>(() => Build(("Frat:Detector", "YuNet")))
        .Message.ShouldStartWith("Frat:Detector can be YuNet with Frat:Encoder=MobileFaceNet only");

    [Fact]
    public void UseEncoder_WithoutConfiguration_Throws() => Should.Throw<InvalidOperationException>(
        () => new ServiceCollection().AddFrat().UseEncoder()).Message.ShouldContain("UseMobileFaceNet()");

    private string Models => Path.Combine(_folder, "models");

    private static List<string> Photos(string person) => [.. DebianPhotos.Johns[person]];

    // Of who is enrolled, but none of the photos that they are enrolled with.
    private static string Other(int number) => Photos("John_Salley")[3 + number];

    private static async Task EnrolAsync(IHost host)
    {
        var enrolled = await host.Services.GetRequiredService<IEnrollmentService>().EnrollAsync(new EnrollmentRequest
        {
            EmployeeId = "1042",
            Name = "Ada Lovelace",
            Photos = [.. Photos("John_Salley").Take(2).Select(photo => (FaceImage)File.ReadAllBytes(photo))],
            Consent = new ConsentOptions().ToConsent(ConsentBasis.Given, Actor.User("grace.hopper"), TimeProvider.System.GetUtcNow()),
            Note = new AuditNote { By = Actor.User("grace.hopper") },
        });
        enrolled.Outcome.ShouldBe(EnrollmentOutcome.Enrolled, $"{enrolled.Photo?.Verdict}");
    }

    private static async Task<IdentificationOutcome> SeeAsync(IHost host, string photo) =>
        (await host.Services.GetRequiredService<ICheckInService>().CheckInAsync(new CheckInRequest
        {
            Frames = [await File.ReadAllBytesAsync(photo)], Source = "door",
        })).Outcome;

    // Those of both encoders in one folder, as an operator has them.
    private async Task PlaceModelsAsync()
    {
        Directory.CreateDirectory(Models);
        var dlib = new ModelFiles([DlibModels.Manifest], Options.Create(new ModelOptions()), NullLogger<ModelFiles>.Instance);
        foreach (var file in dlib.Known.Where(file => !file.Optional))
        {
            File.Copy(await dlib.GetAsync(file.Name), Path.Combine(Models, file.Name));
        }

        foreach (var file in (string[])[OnnxModels.MobileFaceNetFile, OnnxModels.YuNetFile])
        {
            File.Copy(SharedModels.PathOf(file), Path.Combine(Models, file));
        }
    }

    private IHost Build(params (string Key, string Value)[] values)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.Configuration.AddInMemoryCollection(values.Append(("Frat:Models:Folder", Models))
            .Append(("Frat:Database", Path.Combine(_folder, "frat.db")))
            .Append(("Frat:Enrollment:MinSharpness", "0"))
            .Select(pair => KeyValuePair.Create<string, string?>(pair.Item1, pair.Item2)));
        builder.Services.AddFrat(builder.Configuration).UseEncoder().UseDatabase();
        return builder.Build();
    }
}

using Frat.TestKit;
using Frat.Vision;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Frat.Onnx.Tests;

public sealed class OnnxFratBuilderExtensionsTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "frat-" + Guid.NewGuid());

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task UseMobileFaceNet_HostStarts_EncoderIsLoadedAndFindsFaces()
    {
        using var host = Build(SharedModels.Folder);
        await host.StartAsync();
        var encoder = host.Services.GetRequiredService<IFaceEncoder>();
        using var image = Photos.Load("johns/John_Simm/000288_00470387.jpg");

        var face = (await encoder.EncodeAsync(image)).ShouldHaveSingleItem();

        encoder.Info.Id.ShouldBe("mobilefacenet-foamliu-v1");
        encoder.Info.SmallestFace.ShouldBe(80);
        face.Encoding.Dimension.ShouldBe(128);
        host.Services.GetRequiredService<IFaceDetector>().ShouldBeSameAs(host.Services.GetRequiredService<YuNetFaceDetector>());
        host.Services.GetRequiredService<IFaceEmbedder>().ShouldBeSameAs(host.Services.GetRequiredService<OnnxFaceEmbedder>());
        await host.StopAsync();
    }

    [Fact]
    public void UseMobileFaceNet_Twice_RegistersOnceAndAppliesBoth()
    {
        using var host = Build(SharedModels.Folder, services => new FratBuilder(services)
            .UseMobileFaceNet(options => options.Mirror = false).UseMobileFaceNet(options => options.MaxConcurrency = 7));

        host.Services.GetServices<IFaceEncoder>().Count().ShouldBe(1);
        host.Services.GetServices<IHostedService>().OfType<MobileFaceNetLoader>().Count().ShouldBe(1);
        var options = host.Services.GetRequiredService<IOptions<OnnxEmbedderOptions>>().Value;
        (options.Mirror, options.MaxConcurrency).ShouldBe((false, 7));
    }

    // Though pulling is allowed: who starts a host has not decided that.
    [Fact]
    public async Task UseMobileFaceNet_FilesMissing_HostDoesNotStartNamesBothAndPullsNothing()
    {
        using var host = Build(_folder, services => services.Configure<ModelOptions>(options => options.Sources = ModelSources.All));

        var message = (await Should.ThrowAsync<ModelFileException>(() => host.StartAsync())).Message;

        message.ShouldContain("frat models pull mobilefacenet.onnx");
        message.ShouldContain("frat models pull yunet-n.onnx");
        message.ShouldContain(_folder);
        Directory.Exists(_folder).ShouldBeFalse();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task UseMobileFaceNet_EncoderInUseIsAnother_TouchesNoModel(bool first)
    {
        var mine = new NoFaces();
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        if (first)
        {
            builder.Services.AddSingleton<IFaceEncoder>(mine);
        }

        new FratBuilder(builder.Services).UseMobileFaceNet();
        builder.Services.Configure<ModelOptions>(options => options.Folder = _folder);
        if (!first)
        {
            builder.Services.AddSingleton<IFaceEncoder>(mine);
        }

        using var host = builder.Build();
        await host.StartAsync();

        host.Services.GetRequiredService<IFaceEncoder>().ShouldBeSameAs(mine);
        Directory.Exists(_folder).ShouldBeFalse();
        await host.StopAsync();
    }

    [Theory]
    [InlineData(0, 1, "MaxConcurrency")]
    [InlineData(1, 0, "ThreadsPerRun")]
    public async Task UseMobileFaceNet_OptionOutOfRange_HostDoesNotStart(int concurrency, int threads, string option)
    {
        using var host = Build(_folder, services => services.Configure<OnnxEmbedderOptions>(options =>
            (options.MaxConcurrency, options.ThreadsPerRun) = (concurrency, threads)));

        (await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync())).Message.ShouldContain(option);
    }

    private static IHost Build(string folder, Action<IServiceCollection>? configure = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        new FratBuilder(builder.Services).UseMobileFaceNet();
        builder.Services.Configure<ModelOptions>(options => (options.Folder, options.Sources) = (folder, ModelSources.None));
        configure?.Invoke(builder.Services);
        return builder.Build();
    }

    private sealed class NoFaces : IFaceEncoder
    {
        public FaceEncoderInfo Info { get; } = new() { Id = "mine", Dimension = 128, RecommendedMaxDistance = 0.6f };

        public ValueTask<IReadOnlyList<Face>> EncodeAsync(
            RgbImage image, FaceEncodeOptions? options = null, CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<IReadOnlyList<Face>>([]);
    }
}

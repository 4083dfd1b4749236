using Frat.Vision;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Frat.Dlib.Tests;

public sealed class DlibFratBuilderExtensionsTests
{
    [Fact]
    public async Task UseDlib_HostStarts_EncoderIsLoaded()
    {
        using var host = Build(services => services.Configure<ModelOptions>(options => options.Folder = TestModels.Folder));
        await host.StartAsync();
        host.Services.GetRequiredService<IFaceEncoder>().ShouldBeSameAs(host.Services.GetRequiredService<DlibFaceEncoder>());
        using var image = new RgbImage(100, 100);
        image.Pixels.Clear();
        (await host.Services.GetRequiredService<IFaceEncoder>().EncodeAsync(image)).ShouldBeEmpty();
        await host.StopAsync();
    }

    [Fact]
    public void UseDlib_Twice_RegistersOnceAndAppliesBoth()
    {
        using var host = Build(services =>
            new FratBuilder(services).UseDlib(options => options.Upsample = 1).UseDlib(options => options.MaxConcurrency = 7));
        host.Services.GetServices<IFaceEncoder>().Count().ShouldBe(1);
        host.Services.GetServices<IHostedService>().OfType<DlibModelLoader>().Count().ShouldBe(1);
        var options = host.Services.GetRequiredService<IOptions<DlibOptions>>().Value;
        (options.Upsample, options.MaxConcurrency).ShouldBe((1, 7));
    }

    [Fact]
    public async Task UseDlib_ModelsMissing_HostDoesNotStart()
    {
        var folder = Path.Combine(Path.GetTempPath(), "frat-" + Guid.NewGuid());
        using var host = Build(services =>
            services.Configure<ModelOptions>(options => (options.Folder, options.Sources) = (folder, ModelSources.None)));
        (await Should.ThrowAsync<ModelFileException>(() => host.StartAsync())).Message.ShouldContain(folder);
    }

    [Theory]
    [InlineData(-1, 1, 1, nameof(DlibOptions.Upsample))]
    [InlineData(4, 1, 1, nameof(DlibOptions.Upsample))]
    [InlineData(0, 0, 1, nameof(DlibOptions.MaxConcurrency))]
    [InlineData(0, 1, 0, nameof(DlibOptions.ThreadsPerImage))]
    public async Task UseDlib_OptionOutOfRange_HostDoesNotStart(int upsample, int concurrency, int threads, string option)
    {
        using var host = Build(services => new FratBuilder(services).UseDlib(options =>
            (options.Upsample, options.MaxConcurrency, options.ThreadsPerImage) = (upsample, concurrency, threads)));
        (await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync())).Message.ShouldContain(option);
    }

    [Fact]
    public async Task UseDlib_UnknownDetector_HostDoesNotStart()
    {
        using var host = Build(services => new FratBuilder(services).UseDlib(options => options.Detector = (DlibDetectorKind)2));
        (await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync())).Message.ShouldContain(nameof(DlibOptions.Detector));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task UseDlib_EncoderInUseIsAnother_TouchesNoModel(bool first)
    {
        var folder = Path.Combine(Path.GetTempPath(), "frat-" + Guid.NewGuid());
        var mine = new NoFaces();
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        if (first)
        {
            builder.Services.AddSingleton<IFaceEncoder>(mine);
        }

        new FratBuilder(builder.Services).UseDlib();
        builder.Services.Configure<ModelOptions>(options => (options.Folder, options.Sources) = (folder, ModelSources.None));
        if (!first)
        {
            builder.Services.AddSingleton<IFaceEncoder>(mine); // As WebApplicationFactory does for a test.
        }

        using var host = builder.Build();
        await host.StartAsync();

        host.Services.GetRequiredService<IFaceEncoder>().ShouldBeSameAs(mine);
        Directory.Exists(folder).ShouldBeFalse();
        await host.StopAsync();
    }

    [Fact]
    public async Task AddDlibFaceEncoder_AloneAndWithoutAHost_Encodes()
    {
        var services = new ServiceCollection().AddDlibFaceEncoder(options => options.Upsample = 1);
        services.Configure<ModelOptions>(options => options.Folder = TestModels.Folder);
        await using var provider = services.BuildServiceProvider(
            new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        using var image = new RgbImage(100, 100);
        image.Pixels.Clear();

        (await provider.GetRequiredService<IFaceEncoder>().EncodeAsync(image)).ShouldBeEmpty();
    }

    private static IHost Build(Action<IServiceCollection> configure)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        new FratBuilder(builder.Services).UseDlib();
        configure(builder.Services);
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

using Frat.Dlib;
using Frat.Onnx;
using Frat.Vision;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Frat.Hosting.Tests.Configuration;

/// <summary>The table of keys: what is in it is bound, and what is not is refused by name.</summary>
public sealed class FratKeysTests
{
    [Fact]
    public void AddFrat_KeysOfEachPackage_AreBound()
    {
        using var provider = Bind(
            ("frat:recognition:maxdistance", "0.5"),
            ("Frat:Site:TimeZone", "Europe/Berlin"),
            ("Frat:Sites:Tokyo:TimeZone", "Asia/Tokyo"),
            ("Frat:Consent:TermDays", ""),
            ("Frat:Consent:Text", "Yes."),
            ("Frat:Images:MaxPixels", "1000"),
            ("Frat:Dlib:Detector", "cnn"),
            ("Frat:Encoder", "mobilefacenet"),
            ("Frat:Detector", "YuNet"),
            ("Frat:MobileFaceNet:Mirror", "false"),
            ("Frat:YuNet:SmallestFace", "40"),
            ("Frat:Models:Sources", "Upstream, Npm"),
            ("Frat:Retention:DryRun", "true"));

        Value<FratOptions>(provider).ShouldSatisfyAllConditions(
            options => options.Recognition.MaxDistance.ShouldBe(0.5f), options => options.Site.TimeZone.ShouldBe("Europe/Berlin"),
            options => options.Sites["tokyo"].TimeZone.ShouldBe("Asia/Tokyo"));
        Value<ConsentOptions>(provider).ShouldSatisfyAllConditions(
            options => options.TermDays.ShouldBeNull(), options => options.Text.ShouldBe("Yes."));
        Value<ImageDecoderOptions>(provider).MaxPixels.ShouldBe(1000);
        Value<DlibOptions>(provider).Detector.ShouldBe(DlibDetectorKind.Cnn);
        Value<OnnxEmbedderOptions>(provider).Mirror.ShouldBeFalse();
        Value<YuNetOptions>(provider).SmallestFace.ShouldBe(40);
        Value<ModelOptions>(provider).Sources.ShouldBe(ModelSources.All);
        Value<RetentionOptions>(provider).DryRun.ShouldBeTrue();
    }

    [Fact]
    public void AddFrat_SetInCodeAfterwards_GoesBeforeTheConfiguration()
    {
        var services = new ServiceCollection();
        services.AddFrat(Configuration(("Frat:Dlib:Upsample", "1"), ("Frat:Dlib:Jitter", "2"))).UseDlib(options => options.Upsample = 0);
        using var provider = services.BuildServiceProvider();

        (Value<DlibOptions>(provider).Upsample, Value<DlibOptions>(provider).Jitter).ShouldBe((0, 2));
    }

    [Theory]
    [InlineData("Frat:MaxDistanse", "Frat:MaxDistanse is no setting of FRAT. Known are: ")]
    [InlineData("Frat:Images:MaxSides", "Frat:Images:MaxSides is no setting of FRAT. Known are: Frat:Images:MaxBytes, ")]
    [InlineData(
        "Frat:Recognition:Margin:Wide",
        "Frat:Recognition:Margin:Wide is no setting of FRAT: Frat:Recognition:Margin takes one value.")]
    [InlineData(
        "Frat:Recognition:Margin",
        "Frat:Recognition:Margin is not understood: it has to be a number, with a point before its decimals.")]
    [InlineData(
        "Frat:Recognition:MaxDistance",
        "Frat:Recognition:MaxDistance is not understood: it has to be a number, with a point before its decimals.")]
    [InlineData("Frat:Images:MaxSide", "Frat:Images:MaxSide is not understood: it has to be a whole number, not too large.")]
    [InlineData("Frat:Retention:DryRun", "Frat:Retention:DryRun is not understood: it has to be true or false.")]
    [InlineData("Frat:Dlib:Detector", "Frat:Dlib:Detector can be Hog or Cnn.")]
    [InlineData("Frat:Encoder", "Frat:Encoder can be Dlib or MobileFaceNet.")]
    [InlineData("Frat:Detector", "Frat:Detector can be Dlib or YuNet.")]
    [InlineData("Frat:YuNet:Smallest", "Frat:YuNet:Smallest is no setting of FRAT. Known are: Frat:YuNet:MaxConcurrency, ")]
    [InlineData("Frat:Dlib", "Frat:Dlib takes no value by itself. Known are: Frat:Dlib:Detector, ")]
    [InlineData("Frat:Kiosk:Doors:Front:Ring", "Frat:Kiosk:Doors:Front:Ring is not understood: it has to be a whole number")]
    [InlineData("Frat:Kiosk:Doors:Front:Rings", "Frat:Kiosk:Doors:Front:Rings is no setting of FRAT. Known are: ")]
    [InlineData("Frat:Kiosk:Doors:Front", "Frat:Kiosk:Doors:Front takes no value by itself. Known are: Frat:Kiosk:Doors:Front:Ring.")]
    [InlineData("Frat:Kiosk:Codes:0", "Frat:Kiosk:Codes:0 is not understood: it has to be a whole number, not too large.")]
    public void AddFrat_WrongSetting_NamesItsKeyAndNotItsValue(string key, string message)
    {
        var keys = new FratKeys().Add<KioskOptions>("Kiosk");

        var exception = Should.Throw<SettingException>(() => new ServiceCollection().AddFrat(Configuration((key, "s3cret")), keys));

        exception.Message.ShouldStartWith(message);
        exception.ToString().ShouldNotContain("s3cret");
    }

    [Theory]
    [InlineData("Frat:Images:MaxSide", "99999999999")]
    [InlineData("Frat:Images:MaxSide", "")]
    [InlineData("Frat:Images:MaxSide", "1.5")]
    [InlineData("Frat:Recognition:Margin", "0,5")]
    [InlineData("Frat:Dlib:Detector", "7")]
    public void AddFrat_ValueThatNoneIs_IsRefused(string key, string value) =>
        Should.Throw<SettingException>(() => new ServiceCollection().AddFrat(Configuration((key, value)))).Message.ShouldStartWith(key);

    [Fact]
    public void Add_OptionsOfAnApplication_AreBoundAndDescribed()
    {
        var keys = new FratKeys().Add<KioskOptions>("Kiosk");
        var services = new ServiceCollection();
        services.AddFrat(Configuration(("Frat:Kiosk:Doors:Front:Ring", "3"), ("Frat:Kiosk:Codes:0", "7")), keys);
        using var provider = services.BuildServiceProvider();

        Value<KioskOptions>(provider).Doors["Front"].Ring.ShouldBe(3);
        Value<KioskOptions>(provider).Codes.ShouldBe([7]);
        keys.Describe(new OptionsValidationException("", typeof(KioskOptions), ["Codes: There are none."]))
            .ShouldBe("Frat:Kiosk:Codes: There are none.");
    }

    [Fact]
    public void Describe_ValueOutOfRange_NamesTheKey()
    {
        using var provider = Bind(("Frat:Recognition:MaxDistance", "9"), ("Frat:Images:MaxSide", "1"));

        new FratKeys().Describe(Should.Throw<OptionsValidationException>(() => Value<FratOptions>(provider)))
            .ShouldStartWith("Frat:Recognition:MaxDistance: ");
        new FratKeys().Describe(Should.Throw<OptionsValidationException>(() => Value<ImageDecoderOptions>(provider)))
            .ShouldStartWith("Frat:Images:MaxSide: ");
    }

    // What looks for its section inside of itself would find nothing, and leave every default in force.
    [Fact]
    public void AddFrat_TheSectionItself_IsRefused() => Should.Throw<ArgumentException>(
        () => new ServiceCollection().AddFrat(Configuration(("Frat:Recognition:Margin", "0.1")).GetSection("Frat")));

    [Fact]
    public void AddFrat_SectionOfATenant_IsReadThere()
    {
        var all = Configuration(("Tenants:acme:Frat:Recognition:Margin", "0.1"), ("Frat:Recognition:Margin", "0.2"));
        var services = new ServiceCollection();
        services.AddFrat(all.GetSection("Tenants:acme"));
        using var provider = services.BuildServiceProvider();

        Value<FratOptions>(provider).Recognition.Margin.ShouldBe(0.1f);
        Should.Throw<SettingException>(() => new ServiceCollection().AddFrat(
                Configuration(("Tenants:acme:Frat:Recognition:Margins", "0.1")).GetSection("Tenants:acme")))
            .Message.ShouldStartWith("Tenants:acme:Frat:Recognition:Margins is no setting of FRAT");
    }

    [Fact]
    public void AddFrat_Twice_TakesOneConfiguration()
    {
        var (services, one) = (new ServiceCollection(), Configuration(("Frat:Recognition:Margin", "0.1")));
        services.AddFrat(one);
        services.AddFrat(one);
        services.AddFrat();

        Should.Throw<InvalidOperationException>(() => services.AddFrat(Configuration(("Frat:Recognition:Margin", "0.2"))))
            .Message.ShouldContain("give each a host of its own");
    }

    private static ServiceProvider Bind(params (string, string)[] values)
    {
        var services = new ServiceCollection();
        services.AddFrat(Configuration(values)).UseDlib();
        return services.BuildServiceProvider();
    }

    private static IConfigurationRoot Configuration(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(pair => KeyValuePair.Create<string, string?>(pair.Key, pair.Value))).Build();

    private static T Value<T>(IServiceProvider provider)
        where T : class => provider.GetRequiredService<IOptions<T>>().Value;

    /// <summary>An application's own.</summary>
    private sealed class KioskOptions
    {
        public Dictionary<string, Door> Doors { get; } = [];

        public List<int> Codes { get; } = [];
    }

    private sealed class Door
    {
        public int Ring { get; set; }
    }
}

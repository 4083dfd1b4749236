using Frat.Imaging;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SkiaSharp;

namespace Frat;

public sealed class FratServiceCollectionExtensionsTests
{
    [Fact]
    public async Task AddImageDecoder_Alone_DecodesWithinTheLimitsThatWereSet()
    {
        using var services = new ServiceCollection().AddImageDecoder(limits => limits.MaxSide = 64).AddImageDecoder()
            .BuildServiceProvider();
        using var bitmap = TestImages.Quarters(128, 32);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);

        using var image = await services.GetRequiredService<IImageDecoder>().DecodeAsync(png.ToArray());

        (image.Width, image.Height).ShouldBe((64, 16));
    }

    [Fact]
    public void AddImageDecoder_LimitOutOfRange_IsRefused()
    {
        using var services = new ServiceCollection().AddImageDecoder(limits => limits.MaxSide = 1).BuildServiceProvider();

        Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IImageDecoder>()).Message.ShouldContain(
            nameof(ImageDecoderOptions.MaxSide));
    }

    [Fact]
    public void AddFrat_TwiceWithOptionsThatAgree_AppliesBoth()
    {
        var services = new ServiceCollection();
        services.AddFrat(options => options.Site.TimeZone = "Europe/Berlin");
        services.AddFrat(options => (options.Site.TimeZone, options.Recognition.MaxDistance) = ("Europe/Berlin", 0.5f));
        using var provider = services.BuildServiceProvider();

        var result = provider.GetRequiredService<IOptions<FratOptions>>().Value;

        (result.Site.TimeZone, result.Recognition.MaxDistance).ShouldBe(("Europe/Berlin", 0.5f));
    }

    // The last would win, and with it the other site's day.
    [Fact]
    public void AddFrat_TwiceWithAnotherZone_IsRefusedAndNamesBoth()
    {
        var services = new ServiceCollection();
        services.AddFrat(options => options.Site.TimeZone = "Europe/Berlin");
        services.AddFrat(options => options.Site.TimeZone = "Asia/Tokyo");
        using var provider = services.BuildServiceProvider();

        var message = Should.Throw<OptionsValidationException>(() => provider.GetRequiredService<IOptions<FratOptions>>().Value).Message;

        message.ShouldContain("Site.TimeZone is set to Europe/Berlin by one call of AddFrat() and to Asia/Tokyo by another.");
    }

    [Fact]
    public void Conflicts_OfOptions_AreLookedForInEachOfThem() =>
        FratOptionsConflict.Names.ShouldBe(
            typeof(FratOptions).GetProperties().Where(subject => subject.Name != nameof(FratOptions.Sites)).SelectMany(
                subject => subject.PropertyType.GetProperties().Select(property => $"{subject.Name}.{property.Name}")),
            ignoreOrder: true);

    [Fact]
    public void AddFrat_TwiceWithAnotherZoneOfOneSite_IsRefused()
    {
        var services = new ServiceCollection();
        services.AddFrat(options => options.Sites["tokyo"] = new SiteOptions { TimeZone = "Asia/Tokyo" });
        services.AddFrat(options => options.Sites["Tokyo"] = new SiteOptions { TimeZone = "Asia/Seoul" });
        using var provider = services.BuildServiceProvider();

        Should.Throw<OptionsValidationException>(() => provider.GetRequiredService<IOptions<FratOptions>>().Value).Message
            .ShouldContain("Sites.tokyo.TimeZone is set to Asia/Tokyo by one call of AddFrat() and to Asia/Seoul by another.");
    }

    // What the attributes say holds without reflection too, and each failure names its option.
    [Theory]
    [InlineData("Recognition.MaxDistance", 3f)]
    [InlineData("Recognition.Margin", -1f)]
    [InlineData("Recognition.MaxConcurrency", 0)]
    [InlineData("Enrollment.MinFaceSize", 1)]
    [InlineData("Enrollment.MaxTurn", float.NaN)]
    public void AddFrat_OptionOutOfRange_IsRefusedByName(string option, object value)
    {
        var services = new ServiceCollection();
        services.AddFrat(options =>
        {
            var subject = typeof(FratOptions).GetProperty(option.Split('.')[0])!.GetValue(options)!;
            subject.GetType().GetProperty(option.Split('.')[1])!.SetValue(subject, value);
        });
        using var provider = services.BuildServiceProvider();

        Should.Throw<OptionsValidationException>(() => provider.GetRequiredService<IOptions<FratOptions>>().Value).Failures
            .ShouldHaveSingleItem().ShouldContain($"The field FratOptions.{option} ");
    }
}

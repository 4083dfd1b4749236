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
        using var services = new ServiceCollection().AddImageDecoder(limits => limits.MaxSide = 64).AddImageDecoder().BuildServiceProvider();
        using var bitmap = TestImages.Quarters(128, 32);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);

        using var image = await services.GetRequiredService<IImageDecoder>().DecodeAsync(png.ToArray());

        (image.Width, image.Height).ShouldBe((64, 16));
    }

    [Fact]
    public void AddImageDecoder_LimitOutOfRange_IsRefused()
    {
        using var services = new ServiceCollection().AddImageDecoder(limits => limits.MaxSide = 1).BuildServiceProvider();

        Should.Throw<OptionsValidationException>(() => services.GetRequiredService<IImageDecoder>()).Message.ShouldContain(nameof(ImageDecoderOptions.MaxSide));
    }
}

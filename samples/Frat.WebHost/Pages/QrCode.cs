using QRCoder;

namespace Frat.WebHost.Pages;

/// <summary>Draws QR codes as SVG, black on white in every theme: that is what cameras read.</summary>
internal static class QrCode
{
    public static string Draw(string text)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var code = new SvgQRCode(data);
        return code.GetGraphic(4, "#000", "#fff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }
}

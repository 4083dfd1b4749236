using Microsoft.AspNetCore.Identity;

namespace Frat.WebHost;

/// <summary>The way without the face.</summary>
internal static class PinSetup
{
    public static void AddPins(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IPasswordHasher<Pin>, PasswordHasher<Pin>>();
        builder.Services.AddSingleton<PinTries>();
        builder.Services.AddSingleton<Pins>();
        builder.Services.AddSingleton<IPersonExportPart, PinExport>();
    }
}

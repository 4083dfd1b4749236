using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Frat.Scale;

/// <summary>FRAT with engine and store, as an application composes it, but for the encoder: nobody looks into a camera here.</summary>
internal static class ScaleHost
{
    /// <summary>Whose templates are filled in.</summary>
    public static string Encoder { get; set; } = "scale";

    /// <summary>Where the keys of the templates are; null for a key that everybody knows.</summary>
    public static string? KeyFile { get; set; }

    public static IHost Build(string database, string connection)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddSingleton<IFaceEncoder, NoEncoder>();
        var frat = builder.Services.AddFrat();
        _ = KeyFile is { } file
            ? frat.UseTemplateKeyFile(file)
            : frat.UseTemplateKeys(
                new TemplateKeyRing([new TemplateKey("scale", DateTimeOffset.UnixEpoch, new byte[TemplateKey.SizeInBytes])]));
        _ = database == "sqlite" ? frat.UseSqlite(connection) : frat.UsePostgreSql(connection);
        return builder.Build();
    }

    /// <summary>128 numbers as dlib's encoder gives them: of length 1, or about that.</summary>
    public static FaceEncoding Encoding(int person, int template)
    {
        var random = new Random((person * 31) + template);
        var values = new float[128];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = (float)((random.NextDouble() + random.NextDouble() - 1) * 0.2);
        }

        return new FaceEncoding(Encoder, values);
    }

    private sealed class NoEncoder : IFaceEncoder
    {
        public FaceEncoderInfo Info { get; } = new() { Id = Encoder, Dimension = 128, RecommendedMaxDistance = 0.6f };

        public ValueTask<IReadOnlyList<Face>> EncodeAsync(
            RgbImage image, FaceEncodeOptions? options = null, CancellationToken cancellationToken = default) =>
                ValueTask.FromResult<IReadOnlyList<Face>>([]);
    }
}

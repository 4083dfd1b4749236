using Frat.Cli.Database;
using Frat.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Cli.Evaluate;

/// <summary><c>frat evaluate --gallery</c>: what a host's own gallery promises. Nothing is written.</summary>
internal sealed class GalleryRun
{
    public required Terminal Terminal { get; init; }

    public required DatabaseAddress Database { get; init; }

    public required string? Keys { get; init; }

    public required Func<FratBuilder, FratBuilder> Encoder { get; init; }

    public required double Rate { get; init; }

    public required bool Json { get; init; }

    public async Task<int> StartAsync(CancellationToken cancellationToken)
    {
        if (!Database.Exists(Terminal))
        {
            return ExitCode.Failed;
        }

        var engine = Engine.Create(Database, Terminal, readOnly: true, keys: Keys, encoder: Encoder);
        await using var disposal = engine.ConfigureAwait(false);
        var encoder = engine.GetRequiredService<IFaceEncoder>().Info;
        var gallery = await RecognitionEvaluator.EvaluateGalleryAsync(
            engine.GetRequiredService<IEncodingStore>(),
            encoder,
            new RecognitionOptions { TargetFalsePositiveRate = Rate },
            cancellationToken).ConfigureAwait(false);
        if (Json)
        {
            EvaluationJson.Write(Terminal.Output, encoder.Id, gallery);
        }
        else
        {
            EvaluationTable.Write(Terminal.Tables, encoder.Id, gallery);
        }

        return ExitCode.Ok;
    }
}

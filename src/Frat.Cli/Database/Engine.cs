using Frat.Hosting;
using Frat.Vision;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Frat.Cli.Database;

/// <summary>The engine on a database, as a host composes it, but without a host: nothing runs in the background.</summary>
internal static class Engine
{
    /// <summary>What each value of <c>--encoder</c> adds; the first is the default.</summary>
    public static IReadOnlyDictionary<string, Func<FratBuilder, FratBuilder>> Encoders { get; } =
        new Dictionary<string, Func<FratBuilder, FratBuilder>>(StringComparer.Ordinal)
        {
            ["dlib"] = builder => builder.UseDlib(),
            ["mobilefacenet"] = builder => builder.UseMobileFaceNet(),
        };

    /// <summary>Puts the engine together. The database is made ready by the first call to a store.</summary>
    /// <param name="address">FRAT's database.</param>
    /// <param name="terminal">Where warnings go.</param>
    /// <param name="readOnly">Whether the database must stay as it is.</param>
    /// <param name="models">The folder of the model files; null for the usual one.</param>
    /// <param name="keys">The file with the keys of the templates; null for the usual one.</param>
    /// <param name="schema">The schema of a PostgreSQL database; null for that of the connection.</param>
    /// <param name="encoder">Adds the encoder; null for dlib's.</param>
    public static ServiceProvider Create(
        DatabaseAddress address,
        Terminal terminal,
        bool readOnly = false,
        string? models = null,
        string? keys = null,
        string? schema = null,
        Func<FratBuilder, FratBuilder>? encoder = null)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.ClearProviders().AddProvider(new TerminalLogging(terminal))
            .AddFilter("Microsoft", LogLevel.Error));
        services.AddMemoryTuning();
        var frat = (encoder ?? (builder => builder.UseDlib()))(services.AddFrat())
            .UseDatabase(readOnly ? address.AsReadOnly() : address, schema: schema);
        if (keys is not null)
        {
            frat.UseTemplateKeyFile(keys);
        }

        if (terminal.Pulls is { } pulls)
        {
            services.AddSingleton(pulls);
        }

        if (models is not null)
        {
            services.Configure<ModelOptions>(options => options.Folder = models);
        }

        return services.BuildServiceProvider();
    }
}

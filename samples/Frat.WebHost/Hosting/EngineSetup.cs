using System.Text.RegularExpressions;
using Frat.Dlib;
using Microsoft.Extensions.Options;

namespace Frat.WebHost;

/// <summary>Puts engine, encoder and store together from the section <c>Frat</c> of the configuration.</summary>
internal static partial class EngineSetup
{
    public const string Section = "Frat";

    /// <summary>
    /// The file with the keys of the templates. Without it they come from <c>FRAT_KEYS</c>, or for SQLite from the file beside the
    /// database.
    /// </summary>
    private const string KeyFileKey = "Frat:KeyFile";

    private static readonly Dictionary<Type, string> Sections = new()
    {
        [typeof(FratOptions)] = Section,
        [typeof(AccessOptions)] = Section,
        [typeof(ConsentOptions)] = "Frat:Consent",
        [typeof(ImageDecoderOptions)] = "Frat:Images",
        [typeof(DlibOptions)] = "Frat:Dlib",
        [typeof(ModelOptions)] = "Frat:Models",
        [typeof(FlaskCompatibilityOptions)] = "Frat:Original",
        [typeof(RetentionOptions)] = "Frat:Retention",
        [typeof(FratUploadOptions)] = "Frat:Uploads",
    };

    // What the section holds beside the options of the engine.
    private static readonly string[] OtherKeys =
        ["Access", "Hosts", "Consent", "Database", "DataFolder", "KeyFile", "Images", "Dlib", "Models", "Original", "Retention", "Uploads"];

    public static void AddFratEngine(this WebApplicationBuilder builder)
    {
        CheckKeys(builder.Configuration.GetSection(Section));
        var database = DatabaseSetting.Read(builder.Configuration, builder.Environment.ContentRootPath);
        var frat = builder.Services.AddFrat().UseDlib();
        database.AddTo(frat);
        var keys = builder.Configuration[KeyFileKey] is { Length: > 0 } file
            ? Path.GetFullPath(file, builder.Environment.ContentRootPath)
            : null;
        if (keys is not null)
        {
            frat.UseTemplateKeyFile(keys);
        }

        builder.Services.AddOptions<FratOptions>().BindConfiguration(Section);
        Bind<ConsentOptions>(builder.Services);
        Bind<ImageDecoderOptions>(builder.Services);
        Bind<DlibOptions>(builder.Services);
        Bind<ModelOptions>(builder.Services);
        Bind<FlaskCompatibilityOptions>(builder.Services);
        Bind<RetentionOptions>(builder.Services);
        Bind<FratUploadOptions>(builder.Services);
        builder.Services.AddSingleton<Pages.SiteTime>();
        builder.Services.AddSingleton<Pages.PageReader>();
        builder.Services.AddHostedService(services =>
            new DatabaseNote(database, keys, builder.Environment.ContentRootPath, services.GetRequiredService<ILogger<DatabaseNote>>()));
    }

    /// <summary>What is wrong with options, in words that name the key.</summary>
    public static string Describe(OptionsValidationException exception)
    {
        var section = Sections.GetValueOrDefault(exception.OptionsType, exception.OptionsType.Name);
        return string.Join(' ', exception.Failures.Select(failure => AttributeFailure().Match(failure) is { Success: true } match
            ? $"{section}:{match.Groups["member"].Value}: {match.Groups["error"].Value}".Replace(
                $" {exception.OptionsType.Name}.", " ", StringComparison.Ordinal)
            : $"{section}: {failure}"));
    }

    // How Microsoft.Extensions.Options words the failure of an attribute: first where the compiler wrote the validator, then where
    // reflection validates.
    [GeneratedRegex(@"(^(?<member>\w+): (?<error>.*)$)|(members: '(?<member>\w+)' with the error: '(?<error>.*)'\.$)")]
    private static partial Regex AttributeFailure();

    private static OptionsBuilder<T> Bind<T>(IServiceCollection services)
        where T : class =>
            services.AddOptions<T>().BindConfiguration(Sections[typeof(T)], binder => binder.ErrorOnUnknownConfiguration = true);

    // A key that is spelt wrong would otherwise leave its default in force without a word.
    private static void CheckKeys(IConfigurationSection section)
    {
        var known = typeof(FratOptions).GetProperties().Select(property => property.Name).Concat(OtherKeys)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (section.GetChildren().FirstOrDefault(child => !known.Contains(child.Key)) is { } unknown)
        {
            throw new SettingException(
                $"{unknown.Path} is no setting of FRAT. Known are: {string.Join(", ", known.Order(StringComparer.Ordinal).Select(key => $"{Section}:{key}"))}.");
        }

        if (section["Access"] is { } access && !Enum.GetNames<AccessMode>().Contains(access, StringComparer.OrdinalIgnoreCase))
        {
            throw new SettingException($"{Section}:Access is \"{access}\"; it can be {string.Join(" or ", Enum.GetNames<AccessMode>())}.");
        }
    }

    /// <summary>Tells at the start where the database and its keys are.</summary>
    private sealed class DatabaseNote(DatabaseSetting database, string? keys, string contentRoot, ILogger<DatabaseNote> logger)
        : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            logger.DatabaseChosen(database.Name);
            if (keys is not null)
            {
                logger.KeysChosen(keys);
            }
            else if (!string.IsNullOrWhiteSpace(Environment.GetEnvironmentVariable("FRAT_KEYS")))
            {
                logger.KeysChosen("FRAT_KEYS, in the environment");
            }
            else if (!database.IsPostgreSql)
            {
                logger.KeysChosen($"{database.Name}.keys");
            }

            if (!database.IsPostgreSql && Path.GetDirectoryName(database.Name) == Path.TrimEndingDirectorySeparator(contentRoot))
            {
                logger.DatabaseAmongTheProgram(contentRoot);
            }

            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}

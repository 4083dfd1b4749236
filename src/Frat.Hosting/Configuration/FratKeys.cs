using System.Text.RegularExpressions;
using Frat.Dlib;
using Frat.Onnx;
using Frat.Vision;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Frat.Hosting;

/// <summary>
/// The table of FRAT's configuration keys: which options are bound to which section. A key that is not in it ends the start, since one that
/// is spelt wrong would leave its default in force without a word. An application adds its own sections below <c>Frat</c>.
/// </summary>
/// <remarks>To be filled by one thread before it is given to <c>AddFrat()</c>.</remarks>
public sealed partial class FratKeys
{
    internal const string Root = "Frat";

    private readonly List<Entry> _entries = [];

    /// <summary>Makes the table with the keys of FRAT's own packages.</summary>
    public FratKeys()
    {
        Add<FratOptions>();
        Add<ConsentOptions>("Consent");
        Add<ImageDecoderOptions>("Images");
        Add<EncoderSettings>();
        Add<DlibOptions>("Dlib");
        Add<OnnxEmbedderOptions>("MobileFaceNet");
        Add<YuNetOptions>("YuNet");
        Add<ModelOptions>("Models");
        Add<RetentionOptions>("Retention");
        Add<DatabaseSettings>();
    }

    /// <summary>Adds options: their properties are keys, in any case of letters.</summary>
    /// <typeparam name="TOptions">The options; they are bound, and whoever uses them validates them.</typeparam>
    /// <param name="section">The section below <c>Frat</c>, such as <c>Kiosk</c>; null for <c>Frat</c> itself.</param>
    /// <returns>The same table.</returns>
    public FratKeys Add<TOptions>(string? section = null)
        where TOptions : class
    {
        _entries.Add(new Entry(
            typeof(TOptions),
            section is null ? Root : $"{Root}:{section}",
            static (services, values) => services.AddOptions<TOptions>().Bind(values)));
        return this;
    }

    /// <summary>What is wrong with options, in sentences that name the key.</summary>
    /// <param name="exception">What the start of a host threw.</param>
    /// <returns>The sentences.</returns>
    public string Describe(OptionsValidationException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        var section = _entries.Find(entry => entry.Type == exception.OptionsType)?.Section ?? exception.OptionsType.Name;
        return string.Join(' ', exception.Failures.Select(failure => AttributeFailure().Match(failure) is { Success: true } match
            ? Describe(section, exception.OptionsType.Name, match.Groups["member"].Value, match.Groups["error"].Value)
            : $"{section}: {failure}"));
    }

    /// <summary>Binds all options.</summary>
    /// <exception cref="SettingException">A key is not known, or its value can't be bound.</exception>
    internal void Bind(IServiceCollection services, IConfiguration configuration)
    {
        Check(configuration.GetSection(Root), Root);
        foreach (var entry in _entries)
        {
            entry.Bind(services, configuration.GetSection(entry.Section));
        }
    }

    private void Check(IConfigurationSection section, string path)
    {
        var properties = _entries.Where(entry => Same(entry.Section, path)).SelectMany(entry => SettingCheck.PropertiesOf(entry.Type))
            .ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        var sections = _entries.Where(entry => entry.Section.StartsWith(path + ':', StringComparison.OrdinalIgnoreCase))
            .Select(entry => entry.Section[(path.Length + 1)..].Split(':')[0])
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        var known = properties.Keys.Concat(sections);
        SettingCheck.RefuseValue(section, known);
        foreach (var child in section.GetChildren())
        {
            if (sections.Contains(child.Key))
            {
                Check(child, $"{path}:{child.Key}");
            }
            else if (properties.TryGetValue(child.Key, out var property))
            {
                SettingCheck.Check(child, property.PropertyType);
            }
            else
            {
                throw SettingCheck.Unknown(child, section.Path, known);
            }
        }
    }

    private static string Describe(string section, string type, string member, string error)
    {
        // Of options within options, the compiler's validator names the way to them in its sentence only.
        var way = Regex.Match(error, $@"\b{type}\.(?<way>[\w.]+)").Groups["way"].Value;
        var key = (way.Length > 0 ? way : member).Replace('.', ':');
        var name = key[(key.LastIndexOf(':') + 1)..];
        return $"{section}:{key}: {error.Replace($"{type}.{(way.Length > 0 ? way : member)}", name, StringComparison.Ordinal)}";
    }

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);

    // How Microsoft.Extensions.Options words the failure of an attribute: first where the compiler wrote the validator, then where
    // reflection validates.
    [GeneratedRegex(@"(^(?<member>[^:]+): (?<error>.*)$)|(members: '(?<member>\w+)' with the error: '(?<error>.*)'\.$)")]
    private static partial Regex AttributeFailure();

    private sealed record Entry(Type Type, string Section, Action<IServiceCollection, IConfigurationSection> Bind);
}

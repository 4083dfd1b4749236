using System.ComponentModel;
using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Frat.Hosting;

/// <summary>
/// Whether values can be bound. The binder by itself would repeat in its message what can't be, which may be a password in the wrong place.
/// </summary>
internal static class SettingCheck
{
    /// <summary>The properties that are keys.</summary>
    public static IEnumerable<PropertyInfo> PropertiesOf(Type type) => type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
        .Where(property => property.SetMethod is { IsPublic: true } || ItemOf(property.PropertyType) is not null);

    /// <summary>Checks a setting and all below it.</summary>
    /// <exception cref="SettingException">It can't be bound to the type.</exception>
    public static void Check(IConfigurationSection setting, Type type)
    {
        if (TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string)))
        {
            CheckValue(setting, type);
        }
        else if (ItemOf(type) is { } item)
        {
            RefuseValue(setting, ["…"]);
            foreach (var child in setting.GetChildren())
            {
                Check(child, item);
            }
        }
        else
        {
            CheckObject(setting, type);
        }
    }

    /// <summary>What to throw of a key that isn't known.</summary>
    public static SettingException Unknown(IConfigurationSection setting, string path, IEnumerable<string> known) =>
        new($"{setting.Path} is no setting of FRAT. Known are: {List(path, known)}.");

    /// <summary>Refuses a value where only keys can be.</summary>
    public static void RefuseValue(IConfigurationSection section, IEnumerable<string> known)
    {
        if (!string.IsNullOrEmpty(section.Value))
        {
            throw new SettingException($"{section.Path} takes no value by itself. Known are: {List(section.Path, known)}.");
        }
    }

    private static string List(string path, IEnumerable<string> known) =>
        string.Join(", ", known.Order(StringComparer.Ordinal).Select(key => $"{path}:{key}"));

    private static void CheckObject(IConfigurationSection setting, Type type)
    {
        var properties = PropertiesOf(type).ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        RefuseValue(setting, properties.Keys);
        foreach (var child in setting.GetChildren())
        {
            Check(child, properties.TryGetValue(child.Key, out var property)
                ? property.PropertyType
                : throw Unknown(child, setting.Path, properties.Keys));
        }
    }

    private static void CheckValue(IConfigurationSection setting, Type type)
    {
        if (setting.GetChildren().FirstOrDefault() is { } child)
        {
            throw new SettingException($"{child.Path} is no setting of FRAT: {setting.Path} takes one value.");
        }

        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (setting.Value is not { } value || plain == typeof(string) || (value.Length == 0 && plain != type))
        {
            return;
        }

        Check(setting.Path, value, plain);
    }

    private static void Check(string path, string value, Type type)
    {
        if (type.IsEnum)
        {
            var names = Enum.GetNames(type);
            if (value.Split(',', StringSplitOptions.TrimEntries).Except(names, StringComparer.OrdinalIgnoreCase).Any())
            {
                throw new SettingException($"{path} can be {string.Join(" or ", names)}.");
            }

            return;
        }

        try
        {
            TypeDescriptor.GetConverter(type).ConvertFromInvariantString(value);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException or NotSupportedException)
        {
            throw new SettingException($"{path} is not understood: it has to be {Describe(type)}.");
        }
    }

    private static string Describe(Type type) => Type.GetTypeCode(type) switch
    {
        TypeCode.Boolean => "true or false",
        TypeCode.Single or TypeCode.Double or TypeCode.Decimal => "a number, with a point before its decimals",
        >= TypeCode.SByte and <= TypeCode.UInt64 => "a whole number, not too large",
        _ => $"a {type.Name}",
    };

    /// <summary>Of what a list, or a dictionary by names, is made; null for what is neither.</summary>
    private static Type? ItemOf(Type type)
    {
        if (type == typeof(string))
        {
            return null;
        }

        var interfaces = type.GetInterfaces().Append(type).Where(one => one.IsGenericType).ToList();
        return (interfaces.Find(one => one.GetGenericTypeDefinition() == typeof(IDictionary<,>))
            ?? interfaces.Find(one => one.GetGenericTypeDefinition() == typeof(IReadOnlyDictionary<,>))
            ?? interfaces.Find(one => one.GetGenericTypeDefinition() == typeof(IEnumerable<>)))?.GetGenericArguments()[^1];
    }
}

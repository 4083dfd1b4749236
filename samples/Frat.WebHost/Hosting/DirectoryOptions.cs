using System.Net;
using Microsoft.Extensions.Options;

namespace Frat.WebHost;

/// <summary>The section <c>Frat:OpenIdConnect</c>: the organisation's directory, where people sign in who have an account there.</summary>
internal sealed class DirectoryOptions
{
    public const string Section = "OpenIdConnect";

    /// <summary>For <see cref="Employees"/>: whoever the directory signs in.</summary>
    public const string Everybody = "*";

    /// <summary>The address of the directory, which its tokens name as their issuer; null where there is none.</summary>
    public string? Authority { get; set; }

    /// <summary>What the directory knows this host as.</summary>
    public string? ClientId { get; set; }

    public string? ClientSecret { get; set; }

    /// <summary>What the button of the sign-in calls the directory.</summary>
    public string DisplayName { get; set; } = "your organisation";

    /// <summary>What is asked for, with spaces between.</summary>
    public string Scopes { get; set; } = "openid profile";

    /// <summary>The claim that is the name of a new account. It names, and never decides whose account something is.</summary>
    public string NameClaim { get; set; } = "preferred_username";

    /// <summary>The claim whose values give a role.</summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>The claim that is the employee ID; null where no account has attendance of its own.</summary>
    public string? EmployeeIdClaim { get; set; }

    /// <summary>The values of <see cref="RoleClaim"/> that make administrators, with semicolons between.</summary>
    public string? Administrators { get; set; }

    /// <summary>Those that make managers.</summary>
    public string? Managers { get; set; }

    /// <summary>Those that make employees, or <see cref="Everybody"/>.</summary>
    public string? Employees { get; set; }

    /// <summary>Whether nobody on the way reads or changes what is sent there.</summary>
    public static bool IsPrivate(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps
        || (address.Scheme == Uri.UriSchemeHttp
            && (address.Host == "localhost" || (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip))));

    // Semicolons: a group of LDAP has commas in its name.
    internal static string[] ValuesOf(string? text) =>
        (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>Says at the start what is wrong with the section.</summary>
internal sealed class DirectoryOptionsValidator(IOptions<AccessOptions> access) : IValidateOptions<DirectoryOptions>
{
    public ValidateOptionsResult Validate(string? name, DirectoryOptions options) =>
        WhyNot(options) is { } why ? ValidateOptionsResult.Fail(why) : ValidateOptionsResult.Success;

    private string? WhyNot(DirectoryOptions options)
    {
        if (options.Authority is not { Length: > 0 } authority)
        {
            return (options.ClientId ?? options.ClientSecret ?? options.Administrators ?? options.Managers ?? options.Employees) is null
                ? null
                : "Authority: it is missing. Write the address of the directory, such as https://login.example.com/realms/staff.";
        }

        if (access.Value.Access == AccessMode.Open)
        {
            return "Authority: Frat:Access is Open, so that nobody signs in. Leave out one of the two.";
        }

        if (!Uri.TryCreate(authority, UriKind.Absolute, out var address) || !DirectoryOptions.IsPrivate(address)
            || address.Query.Length > 0 || address.Fragment.Length > 0 || address.UserInfo.Length > 0)
        {
            return $"Authority: '{authority}' is not the address of a directory. Write https://…; http:// only on this machine.";
        }

        if (new[] { ("ClientId", options.ClientId), ("ClientSecret", options.ClientSecret), ("DisplayName", options.DisplayName),
                ("NameClaim", options.NameClaim), ("RoleClaim", options.RoleClaim) }
            .FirstOrDefault(setting => string.IsNullOrWhiteSpace(setting.Item2)) is ({ } missing, _))
        {
            return $"{missing}: it is missing.";
        }

        if (!options.Scopes.Split(' ').Contains("openid", StringComparer.Ordinal))
        {
            return "Scopes: without openid, the directory doesn't say who signed in.";
        }

        var values = new[] { options.Administrators, options.Managers, options.Employees }.SelectMany(DirectoryOptions.ValuesOf).ToList();
        return values.Count == 0
            ? "Employees: nobody could sign in. Say which values of RoleClaim make an Administrator, a Manager or an Employee."
            : values.GroupBy(value => value, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
                ? $"'{twice.Key}' gives two roles."
            : IsOfEverybody(options.Administrators) ? "Administrators: '*' is everybody whom the directory knows."
            : IsOfEverybody(options.Managers) ? "Managers: '*' is everybody whom the directory knows."
            : null;
    }

    private static bool IsOfEverybody(string? values) =>
        DirectoryOptions.ValuesOf(values).Contains(DirectoryOptions.Everybody, StringComparer.Ordinal);
}

/// <summary>Reads what decides which services and pages there are, before there are options.</summary>
internal static class DirectorySettings
{
    /// <summary>Whether people sign in by a directory, too.</summary>
    public static bool HasDirectory(this IConfiguration settings) =>
        settings[$"Frat:{DirectoryOptions.Section}:{nameof(DirectoryOptions.Authority)}"] is { Length: > 0 };
}

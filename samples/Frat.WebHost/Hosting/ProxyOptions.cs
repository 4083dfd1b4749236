using System.Net;
using Microsoft.Extensions.Options;

namespace Frat.WebHost;

/// <summary>The key <c>Frat:Proxies</c>.</summary>
internal sealed class ProxyOptions
{
    /// <summary>
    /// The addresses and networks (<c>10.0.0.0/8</c>) of the reverse proxies, with commas or semicolons between. Only theirs are the
    /// headers that are believed: <c>X-Forwarded-For</c>, <c>X-Forwarded-Proto</c> and <c>X-Forwarded-Host</c>. Without any, nobody's are.
    /// </summary>
    public string? Proxies { get; set; }

    /// <summary>The networks; an address is one of its own.</summary>
    /// <exception cref="FormatException">A part is neither; the message says which.</exception>
    public IReadOnlyList<IPNetwork> Read() => [.. (Proxies ?? "")
        .Split([',', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Read)];

    private static IPNetwork Read(string text)
    {
        if (!text.Contains('/') && IPAddress.TryParse(text, out var address))
        {
            return new IPNetwork(address, address.GetAddressBytes().Length * 8);
        }

        return !IPNetwork.TryParse(text, out var network)
            ? throw new FormatException(
                $"'{text}' is neither an address nor a network. Write 192.168.1.5 or 192.168.1.0/24.")
            : network.PrefixLength == 0
                ? throw new FormatException($"'{text}' is everybody: anyone could say to be anyone. Name the proxies.")
                : network;
    }
}

/// <summary>Says at the start what is wrong with <c>Frat:Proxies</c>.</summary>
internal sealed class ProxyOptionsValidator : IValidateOptions<ProxyOptions>
{
    public ValidateOptionsResult Validate(string? name, ProxyOptions options)
    {
        try
        {
            _ = options.Read();
            return ValidateOptionsResult.Success;
        }
        catch (FormatException exception)
        {
            return ValidateOptionsResult.Fail($"Proxies: {exception.Message}");
        }
    }
}

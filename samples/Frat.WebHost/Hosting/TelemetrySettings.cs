using System.Globalization;
using Frat.Hosting;

namespace Frat.WebHost;

/// <summary>
/// OpenTelemetry's variables, as environment variables or keys of the configuration. Its SDK passes over a wrong one without a word, and
/// sends to <c>localhost</c> then: so they are read here first.
/// </summary>
internal static class TelemetrySettings
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private static readonly string[] Signals = ["", "TRACES_", "METRICS_", "LOGS_"];
    private static readonly string[] Protocols = ["grpc", "http/protobuf"];

    private static readonly string[] Numbers =
    [
        .. Signals.Select(signal => $"OTEL_EXPORTER_OTLP_{signal}TIMEOUT"),
        .. from signal in (string[])["BSP", "BLRP"]
           from what in (string[])["SCHEDULE_DELAY", "EXPORT_TIMEOUT", "MAX_QUEUE_SIZE", "MAX_EXPORT_BATCH_SIZE"]
           select $"OTEL_{signal}_{what}",
        "OTEL_METRIC_EXPORT_INTERVAL", "OTEL_METRIC_EXPORT_TIMEOUT",
    ];

    /// <summary>Whether there is a collector to send to.</summary>
    /// <exception cref="SettingException">There is, and a variable is wrong.</exception>
    public static bool AreOn(IConfiguration settings)
    {
        if (string.IsNullOrWhiteSpace(settings[Endpoint])
            || string.Equals(settings["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        foreach (var signal in Signals)
        {
            Check(
                settings,
                $"OTEL_EXPORTER_OTLP_{signal}ENDPOINT",
                text => Uri.TryCreate(text, UriKind.Absolute, out var address)
                    && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps),
                "has to be the collector's address, such as http://localhost:4317");
            Check(settings, $"OTEL_EXPORTER_OTLP_{signal}PROTOCOL", Protocols.Contains, $"can be {string.Join(" or ", Protocols)}");
        }

        foreach (var number in Numbers)
        {
            Check(
                settings,
                number,
                text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value > 0,
                "has to be a whole number above 0");
        }

        return true;
    }

    private static void Check(IConfiguration settings, string name, Func<string, bool> isRight, string rule)
    {
        if (settings[name] is { Length: > 0 } text && !isRight(text))
        {
            throw new SettingException($"{name} {rule}.");
        }
    }
}

namespace Frat.Storage.EfCore;

/// <summary>What the stores call their measurements. None of them says whose record it is.</summary>
public static class StorageTelemetry
{
    /// <summary>The meter.</summary>
    public const string MeterName = "Frat.Storage";

    /// <summary>A counter of templates that were passed over because they can't be decrypted or read.</summary>
    public const string TemplatesUnreadable = "frat.templates.unreadable";
}

namespace Frat.WebHost;

/// <summary>A setting stops the host from starting; the message names its key.</summary>
internal sealed class SettingException(string message) : Exception(message);

namespace Frat.Hosting;

/// <summary>A setting is wrong. The message names its key, and doesn't repeat a value that may be a password.</summary>
/// <param name="message">What is wrong, in a sentence that may be shown to the one who set it.</param>
public sealed class SettingException(string message) : FratException(message);

using Microsoft.Extensions.Logging;

namespace Frat.Vision;

internal static partial class ModelLog
{
    [LoggerMessage(1, LogLevel.Information, "Pulling {What} ({Size})")]
    public static partial void Pulls(ILogger logger, string what, string size);

    [LoggerMessage(2, LogLevel.Information, "{What}: {Percent} % ({Done} of {Total})")]
    public static partial void Pulled(ILogger logger, string what, int percent, string done, string total);

    [LoggerMessage(3, LogLevel.Information, "{What}: complete")]
    public static partial void PulledAll(ILogger logger, string what);

    [LoggerMessage(4, LogLevel.Information, "{File} is in {Folder}, verified")]
    public static partial void Stored(ILogger logger, string file, string folder);

    [LoggerMessage(5, LogLevel.Warning, "{File} in {Folder} is damaged and is pulled again")]
    public static partial void Damaged(ILogger logger, string file, string folder);

    [LoggerMessage(6, LogLevel.Information, "Another process is pulling model files into {Folder}; waiting for it")]
    public static partial void Waits(ILogger logger, string folder);

    [LoggerMessage(7, LogLevel.Warning, "{File}: {Source} failed: {Reason}")]
    public static partial void SourceFailed(ILogger logger, string file, string source, string reason);

    [LoggerMessage(8, LogLevel.Information, "{File}: the connection broke after {Bytes} bytes ({Reason}); going on from there")]
    public static partial void Resumes(ILogger logger, string file, long bytes, string reason);

    [LoggerMessage(9, LogLevel.Warning, "{File}: the resumed pull gave a wrong file ({Reason}); starting over")]
    public static partial void StartsOver(ILogger logger, string file, string reason);

    [LoggerMessage(10, LogLevel.Warning, "{File} is optional and has its own licence: {License}")]
    public static partial void License(ILogger logger, string file, string license);

    [LoggerMessage(11, LogLevel.Warning, "npm: {Output}")]
    public static partial void NpmSaid(ILogger logger, string output);

    [LoggerMessage(
        12,
        LogLevel.Warning,
        "{File} in {Folder} may be changed by every user of this machine; take the right to write away from others")]
    public static partial void MayBeChanged(ILogger logger, string file, string folder);
}

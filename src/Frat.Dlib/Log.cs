using Microsoft.Extensions.Logging;

namespace Frat.Dlib;

internal static partial class Log
{
    [LoggerMessage(20, LogLevel.Information, "dlib's face {What} loaded, in {Seconds:0.00} s")]
    public static partial void Loaded(ILogger logger, string what, double seconds);
}

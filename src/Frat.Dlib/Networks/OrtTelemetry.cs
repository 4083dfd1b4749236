using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Frat.Dlib;

/// <summary>Keeps ONNX Runtime from reporting to its vendor.</summary>
/// <remarks>
/// Since version 1.29 the builds for Linux and macOS report too, and begin when the environment is created: they write a
/// device's id and send an event before <see cref="OrtEnv.DisableTelemetryEvents"/> can be called. Only the environment variable
/// prevents that. On Windows the switch is all that there is.
/// </remarks>
internal static partial class OrtTelemetry
{
    private const string Variable = "ORT_DISABLE_TELEMETRY";

    /// <summary>To be called before anything else of ONNX Runtime.</summary>
    public static void TurnOff()
    {
        Environment.SetEnvironmentVariable(Variable, "1");
        if (!OperatingSystem.IsWindows())
        {
            // .NET keeps its own copy of the environment on Unix: native code doesn't see what was set in it.
            _ = SetEnv(Variable, "1", overwrite: 1);
        }

        OrtEnv.Instance().DisableTelemetryEvents();
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnv(string name, string value, int overwrite);
}

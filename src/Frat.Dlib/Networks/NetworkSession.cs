using Microsoft.ML.OnnxRuntime;

namespace Frat.Dlib;

/// <summary>A model of one input and one output, run by ONNX Runtime on the CPU.</summary>
/// <remarks>Thread-safe: calls may run at the same time. Dispose it when no call runs any more.</remarks>
internal sealed class NetworkSession : IDisposable
{
    private static readonly string[] InputNames = [NetworkGraph.Input];
    private static readonly string[] OutputNames = [NetworkGraph.Output];

    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions = new();

    private NetworkSession(InferenceSession session) => _session = session;

    /// <summary>Prepares a model.</summary>
    /// <param name="model">What <see cref="NetworkGraph"/> built, with its weights.</param>
    /// <param name="threads">How many threads compute one run, at least 1.</param>
    /// <param name="fileName">The file of the weights, for messages.</param>
    /// <exception cref="ModelFileException">ONNX Runtime refuses the model.</exception>
    public static NetworkSession Create(byte[] model, int threads, string fileName)
    {
        OrtTelemetry.TurnOff();
        using var options = new SessionOptions
        {
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        // Threads that wait for work don't burn a CPU that other images need.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        // Weights live outside of the arena, which grows by doubling.
        options.AddSessionConfigEntry("session.use_device_allocator_for_initializers", "1");
        try
        {
            return new NetworkSession(new InferenceSession(model, options));
        }
        catch (OnnxRuntimeException exception)
        {
            throw new ModelFileException(fileName, $"ONNX Runtime refused the network of '{fileName}': {exception.Message}", exception);
        }
    }

    /// <summary>Runs the model.</summary>
    /// <param name="input">The input's values, borrowed until the call returns.</param>
    /// <param name="shape">Samples, channels, rows and columns of the input.</param>
    /// <returns>The output alone; the caller disposes it.</returns>
    public IDisposableReadOnlyCollection<OrtValue> Run(Memory<float> input, long[] shape)
    {
        using var value = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, input, shape);
        return _session.Run(_runOptions, InputNames, [value], OutputNames);
    }

    public void Dispose()
    {
        _runOptions.Dispose();
        _session.Dispose();
    }
}

using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Frat.Onnx;

/// <summary>A network that ONNX Runtime runs on the CPU. Thread-safe: runs may overlap.</summary>
/// <remarks>
/// Memory is bounded: no arena that keeps what a large input once needed, and no threads but the caller's unless they are asked for.
/// </remarks>
internal sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();

    private OnnxSession(string file, InferenceSession session)
    {
        (File, _session) = (file, session);
        Input = _session.InputMetadata.Count == 1
            ? _session.InputMetadata.Single()
            : throw Refuse($"it takes {_session.InputMetadata.Count} inputs, where one picture is what there is");
        if (Input.Value is not { IsTensor: true, ElementDataType: TensorElementType.Float, Dimensions.Length: 4 })
        {
            throw Refuse($"its input '{Input.Key}' is no float32 tensor of four dimensions");
        }
    }

    /// <summary>The file's name.</summary>
    public string File { get; }

    /// <summary>The one input: its name, and its dimensions, in which -1 is any.</summary>
    public KeyValuePair<string, NodeMetadata> Input { get; }

    /// <summary>The outputs by name.</summary>
    public IReadOnlyDictionary<string, NodeMetadata> Outputs => _session.OutputMetadata;

    /// <summary>Reads a file and prepares the network.</summary>
    /// <param name="source">Where the file comes from.</param>
    /// <param name="threads">How many threads compute one run.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="ModelFileException">The file is missing or damaged, or no network that can be run.</exception>
    public static async Task<OnnxSession> LoadAsync(OnnxModelSource source, int threads, CancellationToken cancellationToken)
    {
        var content = await source.ReadAsync(cancellationToken).ConfigureAwait(false);
        InferenceSession? session = null;
        try
        {
            OnnxFile.Check(content);
            using var options = new SessionOptions
            {
                EnableCpuMemArena = false,
                EnableMemoryPattern = false,
                ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
                GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
                InterOpNumThreads = 1,
                IntraOpNumThreads = threads,
                LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, // What fails is an exception.
            };

            // Threads that wait for work without end would take it from other images.
            options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
            session = new InferenceSession(content, options);
            return new OnnxSession(source.FileName, session);
        }
        catch (Exception e) when (e is InvalidDataException or OnnxRuntimeException)
        {
            session?.Dispose();
            throw Refuse(source.FileName, e is InvalidDataException ? e.Message : $"ONNX Runtime doesn't take it ({e.Message})", e);
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }

    /// <summary>Runs the network.</summary>
    /// <typeparam name="T">What is made of the outputs.</typeparam>
    /// <param name="values">The input's values; borrowed.</param>
    /// <param name="shape">Its dimensions.</param>
    /// <param name="outputs">The names of the outputs that are wanted.</param>
    /// <param name="read">Reads them while they are there, in the order of <paramref name="outputs"/>.</param>
    /// <exception cref="ModelFileException">The network can't be run on that.</exception>
    public T Run<T>(Memory<float> values, ReadOnlySpan<long> shape, IReadOnlyCollection<string> outputs, Func<OnnxOutputs, T> read)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values, shape.ToArray());
        IDisposableReadOnlyCollection<OrtValue> results;
        try
        {
            results = _session.Run(_run, [Input.Key], [input], outputs);
        }
        catch (OnnxRuntimeException e)
        {
            throw Refuse(File, $"it can't be run ({e.Message})", e);
        }

        using (results)
        {
            return read(new OnnxOutputs(File, results));
        }
    }

    /// <summary>What to throw of a network that isn't of the kind that is needed.</summary>
    /// <param name="why">What is wrong with it, after "because".</param>
    public ModelFileException Refuse(string why) => Refuse(File, why);

    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    internal static ModelFileException Refuse(string file, string why, Exception? cause = null) =>
        new(file, $"The model file {file} can't be used: {why}.", cause);
}

/// <summary>What a run gave; there until the reading of it ends.</summary>
internal readonly ref struct OnnxOutputs(string file, IReadOnlyList<OrtValue> values)
{
    private readonly IReadOnlyList<OrtValue> _values = values;

    /// <summary>An output's values.</summary>
    /// <param name="number">Its place among those that were asked for.</param>
    /// <param name="count">How many values there have to be.</param>
    /// <exception cref="ModelFileException">There are more, or fewer, or they are of another type.</exception>
    public ReadOnlySpan<float> Read(int number, int count)
    {
        var value = _values[number];
        if (!value.IsTensor || value.GetTensorTypeAndShape() is var type && type.ElementDataType != TensorElementType.Float)
        {
            throw OnnxSession.Refuse(file, "an output is no float32 tensor");
        }

        var values = value.GetTensorDataAsSpan<float>();
        return values.Length == count
            ? values
            : throw OnnxSession.Refuse(file, $"an output has {values.Length} values instead of {count}");
    }
}

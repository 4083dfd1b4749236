using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Frat.TestKit;
using Frat.Vision;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Onnx.Tests;

public sealed class OnnxTelemetryTests
{
    [Fact]
    public async Task EncodeAsync_OneImage_TellsTheTimeOfEachStepAndCountsFaces()
    {
        await using var services = new ServiceCollection()
            .AddMetrics().AddLogging().AddSingleton(TestModels.Files).AddMobileFaceNetEncoder().BuildServiceProvider();
        var meters = services.GetRequiredService<IMeterFactory>();
        var encoder = services.GetRequiredService<IFaceEncoder>();
        using var image = Photos.Load(DebianPhotos.Johns["John_Simm"][0]);
        await encoder.EncodeAsync(image);
        var (steps, waiting, encoded) = (new ConcurrentQueue<string>(), new ConcurrentQueue<int>(), 0L);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Scope == meters && instrument.Meter.Name == "Frat.Onnx")
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            (instrument.Name, instrument.Unit, tags[0].Key).ShouldBe((OnnxTelemetry.StepDuration, "s", OnnxTelemetry.StepTag));
            value.ShouldBeInRange(0, 60);
            steps.Enqueue((string)tags[0].Value!);
        });
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) =>
        {
            instrument.Name.ShouldBe(OnnxTelemetry.CallsWaiting);
            waiting.Enqueue(value);
        });
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            instrument.Name.ShouldBe(OnnxTelemetry.FacesEncoded);
            encoded += value;
        });
        listener.Start();

        await encoder.EncodeAsync(image);

        steps.ShouldBe([OnnxTelemetry.WaitStep, OnnxTelemetry.DetectStep, OnnxTelemetry.WaitStep, OnnxTelemetry.EmbedStep]);
        waiting.ShouldBe([1, -1, 1, -1]);
        encoded.ShouldBe(1);
    }
}

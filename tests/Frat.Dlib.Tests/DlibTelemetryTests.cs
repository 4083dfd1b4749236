using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Frat.Dlib.Tests.Golden;

namespace Frat.Dlib.Tests;

public sealed class DlibTelemetryTests
{
    [Fact]
    public async Task EncodeAsync_OneImage_TellsTheTimeOfEachStep()
    {
        using var meters = new OneMeter();
        using var encoder = LoadedEncoder.Create(new DlibOptions { Mirror = false, MaxConcurrency = 1 }, meters: meters);
        using var image = GoldenFile.Johns[0].Load();
        await encoder.LoadAsync();
        var steps = new ConcurrentQueue<(string Step, double Seconds)>();
        using var listener = Listen(meters.Meter!, (step, seconds) => steps.Enqueue((step, seconds)), _ => { });

        await encoder.EncodeAsync(image);

        steps.Select(step => step.Step).ShouldBe(
            [DlibTelemetry.WaitStep, DlibTelemetry.DetectStep, DlibTelemetry.LandmarksStep, DlibTelemetry.EmbedStep]);
        steps.ShouldAllBe(step => step.Seconds >= 0 && step.Seconds < 60);
        steps.Single(step => step.Step == DlibTelemetry.EmbedStep).Seconds.ShouldBeGreaterThan(0.0005);
    }

    [Fact]
    public async Task EncodeAsync_OneIsWorkedOn_CountsTheOthersAsWaiting()
    {
        using var meters = new OneMeter();
        using var encoder = LoadedEncoder.Create(new DlibOptions { Mirror = false, MaxConcurrency = 1 }, meters: meters);
        using var image = GoldenFile.Faces[0].Load();
        await encoder.LoadAsync();
        var (waiting, most) = (0, 0);
        using var listener = Listen(meters.Meter!, (_, _) => { }, change =>
        {
            var now = Interlocked.Add(ref waiting, change);
            most = Math.Max(most, now);
        });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => encoder.EncodeAsync(image).AsTask()));

        most.ShouldBeGreaterThanOrEqualTo(3);
        waiting.ShouldBe(0);
    }

    private static MeterListener Listen(Meter meter, Action<string, double> step, Action<int> waiting)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter == meter)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            (instrument.Name, instrument.Unit).ShouldBe(("frat.dlib.step.duration", "s"));
            tags.Length.ShouldBe(1);
            tags[0].Key.ShouldBe(DlibTelemetry.StepTag);
            step((string)tags[0].Value!, value);
        });
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) =>
        {
            instrument.Name.ShouldBe("frat.dlib.calls.waiting");
            waiting(value);
        });
        listener.Start();
        return listener;
    }

    private sealed class OneMeter : IMeterFactory
    {
        public Meter? Meter { get; private set; }

        public Meter Create(MeterOptions options)
        {
            options.Name.ShouldBe("Frat.Dlib");
            return Meter = new Meter(options);
        }

        public void Dispose() => Meter?.Dispose();
    }
}

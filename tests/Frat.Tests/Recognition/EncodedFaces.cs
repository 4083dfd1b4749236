using System.Diagnostics.Metrics;

namespace Frat.Tests.Recognition;

/// <summary>Counts the faces that a host's encoder encodes, run by run.</summary>
internal static class EncodedFaces
{
    public static MeterListener Listen(IMeterFactory meters, Action<long> encoded)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Scope == meters && instrument.Name == Frat.Dlib.DlibTelemetry.FacesEncoded)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => encoded(value));
        listener.Start();
        return listener;
    }
}

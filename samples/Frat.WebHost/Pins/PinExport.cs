using System.Text.Json;

namespace Frat.WebHost;

/// <summary>What the export of a person's data says of the PIN: that there is one and since when, never the hash.</summary>
internal sealed class PinExport(Pins pins) : IPersonExportPart
{
    public string Name => "pin";

    public async ValueTask WriteAsync(Guid personId, Utf8JsonWriter json, CancellationToken cancellationToken = default)
    {
        var state = await pins.StateOfAsync(personId, cancellationToken);
        json.WriteStartObject();
        json.WriteBoolean("isSet", state is not null);
        if (state is not null)
        {
            json.WriteString("setAt", state.SetAt);
        }

        json.WriteEndObject();
    }
}

using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Frat.Cli.Faces;

/// <summary>One JSON object a line, in UTF-8, for other programs.</summary>
internal sealed class JsonResultWriter(Stream output) : IResultWriter
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly ArrayBufferWriter<byte> _line = new();

    public void Write(FileResult result)
    {
        _line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_line, Options))
        {
            json.WriteStartObject();
            json.WriteString("file", result.File);
            switch (result)
            {
                case FailedFile failed:
                    json.WriteString("error", failed.Error);
                    break;
                case FacesOfFile faces:
                    Write(json, faces);
                    break;
            }

            json.WriteEndObject();
        }

        // In one piece, so that a reader never sees half a line.
        _line.Write("\n"u8);
        output.Write(_line.WrittenSpan);
        output.Flush();
    }

    private static void Write(Utf8JsonWriter json, FacesOfFile result)
    {
        json.WriteNumber("width", result.Width);
        json.WriteNumber("height", result.Height);
        json.WriteStartArray("faces");
        foreach (var face in result.Faces)
        {
            Write(json, face);
        }

        json.WriteEndArray();
        json.WriteStartObject("seconds");
        json.WriteNumber("decode", Microseconds(result.Seconds.Decode));
        json.WriteNumber("detect", Microseconds(result.Seconds.Detect));
        if (result.Seconds.Encode is { } encode)
        {
            json.WriteNumber("encode", Microseconds(encode));
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, FoundFace face)
    {
        json.WriteStartObject();
        json.WriteStartObject("box");
        json.WriteNumber("left", face.Box.Left);
        json.WriteNumber("top", face.Box.Top);
        json.WriteNumber("right", face.Box.Right);
        json.WriteNumber("bottom", face.Box.Bottom);
        json.WriteEndObject();
        json.WriteNumber("score", face.Score);
        json.WriteStartArray("landmarks");
        foreach (var point in face.Landmarks)
        {
            json.WriteStartArray();
            json.WriteNumberValue(point.X);
            json.WriteNumberValue(point.Y);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        if (face.Encoding is { } encoding)
        {
            json.WriteStartArray("encoding");
            foreach (var value in encoding.Values)
            {
                json.WriteNumberValue(value);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static decimal Microseconds(double seconds) => Math.Round((decimal)seconds, 6);
}

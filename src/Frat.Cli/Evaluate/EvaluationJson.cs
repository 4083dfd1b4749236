using System.Globalization;
using System.Text.Json;

namespace Frat.Cli.Evaluate;

/// <summary>Writes an evaluation as one JSON object. What can't be told is null.</summary>
internal static class EvaluationJson
{
    public static void Write(Stream output, Evaluation evaluation)
    {
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteString("encoder", evaluation.EncoderId);
        writer.WriteString("way", evaluation.Way);
        writer.WriteNumber("photos", evaluation.Photos);
        writer.WriteNumber("people", evaluation.People);
        writer.WriteNumber("seed", evaluation.Options.Seed);
        Verification(writer, evaluation);
        writer.WriteStartArray("identification");
        foreach (var result in evaluation.Identification)
        {
            Identification(writer, result);
        }

        writer.WriteEndArray();
        Alike(writer, evaluation.Alike);
        writer.WriteStartArray("failures");
        foreach (var failure in evaluation.Failures)
        {
            writer.WriteStartObject();
            writer.WriteString("photo", failure.Photo.Name);
            writer.WriteString("person", failure.Photo.Person);
            writer.WriteString("reason", failure.Reason);
            if (failure.Message is not null)
            {
                writer.WriteString("message", failure.Message);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.Flush();
        output.WriteByte((byte)'\n');
    }

    /// <summary>Writes what a gallery promises, as one JSON object.</summary>
    public static void Write(Stream output, string encoder, GalleryEvaluation gallery)
    {
        using var writer = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true });
        writer.WriteStartObject();
        writer.WriteString("encoder", encoder);
        writer.WriteNumber("people", gallery.People);
        writer.WriteNumber("templates", gallery.Templates);
        Number(writer, "targetFpir", gallery.TargetFalsePositiveRate);
        writer.WriteBoolean("isCalibrated", gallery.IsCalibrated);
        Number(writer, "medianLimit", gallery.MedianLimit);
        writer.WriteNumber("probes", gallery.Probes);
        Number(writer, "fnir", gallery.Fnir.Value);
        Interval(writer, "fnirInterval", gallery.Fnir);
        Alike(writer, gallery.Alike);
        writer.WriteEndObject();
        writer.Flush();
        output.WriteByte((byte)'\n');
    }

    private static void Alike(Utf8JsonWriter writer, IReadOnlyList<AlikePeople> alike)
    {
        writer.WriteStartArray("alike");
        foreach (var pair in alike)
        {
            writer.WriteStartObject();
            writer.WriteString("first", pair.First);
            writer.WriteString("second", pair.Second);
            Number(writer, "distance", pair.Distance);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Verification(Utf8JsonWriter writer, Evaluation evaluation)
    {
        var result = evaluation.Verification;
        writer.WriteStartObject("verification");
        Number(writer, "accuracy", result.Accuracy);
        Number(writer, "standardError", result.StandardError);
        writer.WriteStartArray("folds");
        foreach (var fold in result.Folds)
        {
            writer.WriteStartObject();
            writer.WriteNumber("pairs", fold.Pairs);
            Number(writer, "threshold", fold.Threshold);
            Number(writer, "accuracy", fold.Accuracy);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("genuinePairs", result.GenuinePairs);
        writer.WriteNumber("impostorPairs", result.ImpostorPairs);
        Rates(writer, "fnmrAtFmr", result.FnmrAtFmr);
        writer.WriteStartObject("atRecommendedDistance");
        Number(writer, "distance", evaluation.RecommendedMaxDistance);
        Number(writer, "fmr", result.FmrAtRecommended);
        Number(writer, "fnmr", result.FnmrAtRecommended);
        writer.WriteEndObject();
        writer.WriteStartArray("groups");
        foreach (var group in result.Groups)
        {
            writer.WriteStartObject();
            writer.WriteString("group", group.Group);
            writer.WriteNumber("people", group.People);
            Number(writer, "fmr", group.Fmr);
            Number(writer, "fnmr", group.Fnmr);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Identification(Utf8JsonWriter writer, IdentificationEvaluation result)
    {
        writer.WriteStartObject();
        writer.WriteString("rule", result.Rule);
        writer.WriteNumber("people", result.People);
        writer.WriteNumber("templatesPerPerson", result.TemplatesPerPerson);
        writer.WriteNumber("framesPerProbe", result.FramesPerProbe);
        writer.WriteNumber("probes", result.Probes);
        writer.WriteNumber("strangers", result.Strangers);
        Number(writer, "rank1", result.Rank1.Value);
        Interval(writer, "rank1Interval", result.Rank1);
        Rates(writer, "fnirAtFpir", result.FnirAtFpir);
        if (result.AtOwnLimit.Count > 0)
        {
            writer.WriteStartObject("atOwnLimit");
            foreach (var (rate, reached) in result.AtOwnLimit)
            {
                writer.WriteStartObject(Key(rate));
                Number(writer, "fpir", reached.Fpir.Value);
                Interval(writer, "fpirInterval", reached.Fpir);
                Number(writer, "fnir", reached.Fnir.Value);
                Interval(writer, "fnirInterval", reached.Fnir);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        writer.WriteStartArray("groups");
        foreach (var group in result.Groups)
        {
            writer.WriteStartObject();
            writer.WriteString("group", group.Group);
            writer.WriteNumber("strangers", group.Strangers);
            writer.WriteStartObject("fpirAtFpir");
            foreach (var (rate, value) in group.FpirAtFpir)
            {
                Number(writer, Key(rate), value);
            }

            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Rates(Utf8JsonWriter writer, string name, IReadOnlyDictionary<double, ErrorRate> rates)
    {
        writer.WriteStartObject(name);
        foreach (var (rate, error) in rates)
        {
            Number(writer, Key(rate), error.Value);
        }

        writer.WriteEndObject();
        writer.WriteStartObject(name + "Intervals");
        foreach (var (rate, error) in rates)
        {
            Interval(writer, Key(rate), error);
        }

        writer.WriteEndObject();
    }

    private static void Interval(Utf8JsonWriter writer, string name, ErrorRate error)
    {
        writer.WriteStartArray(name);
        Number(writer, null, error.Low);
        Number(writer, null, error.High);
        writer.WriteEndArray();
    }

    private static string Key(double rate) => rate.ToString(CultureInfo.InvariantCulture);

    private static void Number(Utf8JsonWriter writer, string? name, double value)
    {
        if (name is not null)
        {
            writer.WritePropertyName(name);
        }

        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(Math.Round(value, 8));
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}

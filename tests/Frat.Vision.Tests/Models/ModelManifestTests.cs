using System.Text;

namespace Frat.Vision.Tests.Models;

public sealed class ModelManifestTests
{
    private const string Hash = "55533b28a95800a551ba546ba62fe69625c7e95a7061c338adffead08719da30";

    [Fact]
    public void Read_AManifest_KnowsItsFiles()
    {
        var file = Read(Json()).Files.ShouldHaveSingleItem();

        (file.Name, file.Size, file.Sha256, file.License, file.Optional).ShouldBe(("a.onnx", 12, Hash, "MIT", true));
    }

    [Theory]
    [InlineData("null", "null")]
    [InlineData("{", "no manifest of model files")]
    [InlineData("{}", "files")]
    [InlineData("{\"files\": [null]}", "file of the manifest is null")]
    public void Read_WhatIsNone_SaysSo(string json, string expected) =>
        Should.Throw<InvalidDataException>(() => Read(json)).Message.ShouldContain(expected);

    // A name that leads out of the folder, a hash that no file can have, a place that isn't there.
    [Theory]
    [InlineData("a.onnx", "../a.onnx", "no plain name")]
    [InlineData("a.onnx", ".pull", "no plain name")]
    [InlineData("a.onnx", "c:a.onnx", "no plain name")]
    [InlineData("a.onnx", "", "no plain name")]
    [InlineData("12", "0", "its size")]
    [InlineData(Hash, "5553", "64 lower-case")]
    [InlineData("\"upstream\"]", "\"npm\"]", "the source 'npm'")]
    [InlineData("\"upstream\"]", "\"elsewhere\"]", "the source 'elsewhere'")]
    public void Read_AManifestWithAMistake_SaysWhich(string right, string wrong, string expected) =>
        Should.Throw<InvalidDataException>(() => Read(Json().Replace(right, wrong, StringComparison.Ordinal)))
            .Message.ShouldContain(expected);

    private static ModelManifest Read(string json) => ModelManifest.Read(new MemoryStream(Encoding.UTF8.GetBytes(json)));

    private static string Json() => $$"""
        {
          "upstream": { "url": "https://models.example/{name}" },
          "files": [
            {
              "name": "a.onnx", "size": 12, "sha256": "{{Hash}}", "license": "MIT", "purpose": "Nothing.", "optional": true,
              "sources": ["upstream"]
            }
          ]
        }
        """;
}

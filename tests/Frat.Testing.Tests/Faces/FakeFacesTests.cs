using Frat.Vision;
using Microsoft.Extensions.DependencyInjection;

namespace Frat.Testing.Tests.Faces;

public sealed class FakeFacesTests
{
    private readonly FakeFaceEncoder _encoder = new();

    [Fact]
    public void PhotoOf_TheSame_IsTheSameFile() => FakeFaces.PhotoOf("ada", 3).ShouldBe(FakeFaces.PhotoOf("ada", 3));

    [Fact]
    public async Task EncodeAsync_PhotosOfManyPeople_AreNearForOneAndFarForTwo()
    {
        var people = new List<(FaceEncoding First, FaceEncoding Second)>();
        foreach (var name in Enumerable.Range(0, 40).Select(i => $"person {i}").Append("Ada").Append("ada").Append("王小明"))
        {
            people.Add((await EncodeAsync(FakeFaces.PhotoOf(name)), await EncodeAsync(FakeFaces.PhotoOf(name, take: 2))));
        }

        people.ConvertAll(one => _encoder.Info.Distance(one.First, one.Second))
            .ShouldAllBe(distance => distance > 0.1f && distance < 0.35f);
        foreach (var (first, second) in people.SelectMany((one, i) => people.Skip(i + 1).Select(other => (one.First, other.Second))))
        {
            _encoder.Info.Distance(first, second).ShouldBeGreaterThan(0.9f);
        }
    }

    // Who brings a detector or an embedder of their own puts it together with the other half.
    [Fact]
    public async Task EncodeAsync_ByItsTwoHalves_GivesTheSame()
    {
        using var image = await Photo.DecodeAsync(FakeFaces.PhotoOf("ada"));

        var halves = (await new FaceEncoder(_encoder, _encoder).EncodeAsync(image)).ShouldHaveSingleItem();

        halves.Encoding.ShouldBe((await _encoder.EncodeAsync(image)).ShouldHaveSingleItem().Encoding);
    }

    [Fact]
    public async Task EncodeAsync_MaxFaces_GivesSoMany()
    {
        using var image = await Photo.DecodeAsync(FakeFaces.PhotoOfSeveral([.. Enumerable.Range(0, 9).Select(i => $"person {i}")]));

        (await _encoder.EncodeAsync(image)).Count.ShouldBe(9);
        (await _encoder.EncodeAsync(image, new FaceEncodeOptions { MaxFaces = 2 })).Count.ShouldBe(2);
    }

    [Fact]
    public async Task EncodeAsync_Nobody_FindsNobody()
    {
        using var image = await Photo.DecodeAsync(FakeFaces.PhotoOfNobody());

        (await _encoder.EncodeAsync(image)).ShouldBeEmpty();
    }

    // A corner of a face, or one that was painted over, is nobody's.
    [Fact]
    public async Task EncodeAsync_DamagedFace_FindsNobody()
    {
        using var image = await Photo.DecodeAsync(FakeFaces.PhotoOf("ada"));
        var box = (await _encoder.DetectAsync(image)).ShouldHaveSingleItem().Box;
        for (var y = box.Top; y <= box.Top + 20; y++)
        {
            image.Row(y).Slice((box.Left + 24) * RgbImage.BytesPerPixel, 12 * RgbImage.BytesPerPixel).Fill(9);
        }

        (await _encoder.EncodeAsync(image)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    public void PhotoOf_NoName_IsRefused(string? person) => Should.Throw<ArgumentException>(() => FakeFaces.PhotoOf(person!));

    [Fact]
    public void PhotoOf_WhatCannotBe_IsRefused()
    {
        Should.Throw<ArgumentException>(() => FakeFaces.PhotoOf(new string('x', FakeFaces.MaxNameBytes + 1)));
        Should.Throw<ArgumentException>(() => FakeFaces.PhotoOf("a\ud800"));
        Should.Throw<ArgumentException>(() => FakeFaces.PhotoOf("ada", fault: (FakePhotoFault)99));
        Should.Throw<ArgumentOutOfRangeException>(() => FakeFaces.PhotoOf("ada", take: -1));
        Should.Throw<ArgumentException>(() => FakeFaces.PhotoOfSeveral());
        Should.Throw<ArgumentException>(() => FakeFaces.PhotoOfSeveral([.. Enumerable.Repeat("ada", FakeFaces.MaxPeople + 1)]));
    }

    [Fact]
    public void UseFakeFaces_AfterAnotherEncoder_TakesItsPlace()
    {
        var services = new ServiceCollection();
        services.AddSingleton<IFaceEncoder>(_ => throw new InvalidOperationException("It must not be made."));

        new FratBuilder(services).UseFakeFaces().UseFakeFaces();

        using var provider = services.BuildServiceProvider();
        provider.GetServices<IFaceEncoder>().ShouldHaveSingleItem().ShouldBeOfType<FakeFaceEncoder>();
    }

    private async Task<FaceEncoding> EncodeAsync(byte[] photo)
    {
        using var image = await Photo.DecodeAsync(photo);
        return (await _encoder.EncodeAsync(image)).ShouldHaveSingleItem().Encoding;
    }
}

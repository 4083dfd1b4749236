namespace Frat;

/// <summary>Whether photos are of one person, and which one isn't. Pure.</summary>
internal static class PhotoAgreement
{
    /// <summary>
    /// Finds the photo that is of somebody else. Each has to be near at least half of the others, as near as the encoder takes two photos
    /// of one person to be: so one of another day, that is far from one of the others, doesn't turn a person away, and of two people's
    /// photos, in whatever numbers, the fewer are found.
    /// </summary>
    /// <param name="photos">One for each photo.</param>
    /// <param name="encoder">How they are compared.</param>
    /// <returns>
    /// The index of the photo that is near the fewest others, and farthest from all; of two alone, which can't be told, the later. Null
    /// where all agree.
    /// </returns>
    public static int? FindOdd(IReadOnlyList<FaceEncoding> photos, FaceEncoderInfo encoder)
    {
        var seen = Enumerable.Range(0, photos.Count).Select(photo =>
        {
            var distances = photos.Where((_, other) => other != photo).Select(other => encoder.Distance(photos[photo], other)).ToList();
            return (
                Photo: photo,
                Near: distances.Count(distance => distance <= encoder.RecommendedMaxDistance),
                Others: distances.Count,
                Sum: distances.Sum());
        });
        var odd = seen.Where(photo => 2 * photo.Near < photo.Others)
            .OrderBy(photo => photo.Near).ThenByDescending(photo => photo.Sum).ThenByDescending(photo => photo.Photo).ToList();
        return odd.Count == 0 ? null : odd[0].Photo;
    }
}

namespace Frat;

/// <summary>What the gallery knows of people: the rows that they are compared by, and photos to find the limit with.</summary>
/// <param name="Rows">What a face is compared with.</param>
/// <param name="Photos">
/// Templates of those who have several, of as many people as a limit needs: a stranger comes with a photo, not with a mean, which is nearer
/// to everybody.
/// </param>
internal sealed record GalleryPeople(GalleryRows Rows, GalleryRows Photos)
{
    private const int MostOfOne = 3;

    /// <summary>Makes somebody's rows these; without rows, takes them out.</summary>
    public void Set(Person person, IReadOnlyList<float[]> rows, IReadOnlyList<float[]> templates)
    {
        Photos.Remove(person.Id);
        Rows.Set(person, rows, templates.Count);
        if (templates.Count > 1 && Photos.People < GalleryCalibrator.MostPhotographed)
        {
            Photos.Set(person, [.. templates.Take(MostOfOne)], MostOfOne);
        }
    }

    /// <summary>Takes somebody out, where they are in.</summary>
    public void Remove(Guid personId)
    {
        Rows.Remove(personId);
        Photos.Remove(personId);
    }
}

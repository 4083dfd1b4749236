namespace Frat.Tests.Gallery.Search;

/// <summary>One change and its publication, which the gallery itself does for many changes at once.</summary>
internal static class SharedGalleryChanges
{
    public static void Write(this SharedGallery shared, Action<GalleryRows> write)
    {
        write(shared.Rows);
        shared.Publish();
    }
}

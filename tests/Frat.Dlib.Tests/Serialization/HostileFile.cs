namespace Frat.Dlib.Tests.Serialization;

/// <summary>
/// Damages a model file in many ways and holds its reader to what it promises: no other exception, no memory out of proportion.
/// </summary>
internal static class HostileFile
{
    /// <summary>Cuts the file off: all over its beginning, and at places spread over the rest.</summary>
    public static void CutEverywhere(string path, Action<DlibFileReader> read, long maxAllocated)
    {
        var file = File.ReadAllBytes(path);
        for (var length = 0; length < file.Length; length += length < 300 ? 7 : file.Length / 23)
        {
            var exception = Should.Throw<ModelFileException>(() => Read(path, file, length, read, maxAllocated), $"cut to {length} bytes");
            exception.FileName.ShouldBe(Path.GetFileName(path));
        }
    }

    /// <summary>Appends one byte.</summary>
    public static void Extend(string path, Action<DlibFileReader> read, long maxAllocated)
    {
        byte[] file = [.. File.ReadAllBytes(path), 0];
        Should.Throw<ModelFileException>(() => Read(path, file, file.Length, read, maxAllocated));
    }

    /// <summary>Turns single bits over. A bit inside a number may go unnoticed here; the checksum sees it.</summary>
    public static void FlipBits(string path, IEnumerable<int> offsets, Action<DlibFileReader> read, long maxAllocated)
    {
        var file = File.ReadAllBytes(path);
        foreach (var offset in offsets)
        {
            var bit = (byte)(1 << (offset % 8));
            file[offset] ^= bit;
            try
            {
                Read(path, file, file.Length, read, maxAllocated);
            }
            catch (ModelFileException exception)
            {
                exception.FileName.ShouldBe(Path.GetFileName(path));
            }

            file[offset] ^= bit;
        }
    }

    private static void Read(string path, byte[] file, int length, Action<DlibFileReader> read, long maxAllocated)
    {
        using var reader = new DlibFileReader(new MemoryStream(file, 0, length), Path.GetFileName(path));
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            read(reader);
        }
        finally
        {
            (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(maxAllocated);
        }
    }
}

namespace Frat.Fuzz;

/// <summary>A reader of untrusted files, with files that it reads.</summary>
internal abstract class FuzzTarget
{
    /// <summary>Valid files, to be damaged.</summary>
    public abstract IReadOnlyList<byte[]> Corpus { get; }

    /// <summary>Files that are hostile as they are: run once, before the random ones.</summary>
    public virtual IEnumerable<(string Name, byte[] File)> Bombs => [];

    /// <summary>What the process may hold, in bytes.</summary>
    public virtual long MaxResident => 512L << 20;

    /// <summary>What reading one file may allocate on the managed heap, in bytes.</summary>
    public abstract long MaxAllocated(byte[] file);

    /// <summary>Reads a file.</summary>
    /// <returns>True when it was accepted, false when it was refused with the documented exception. Another exception is a finding.</returns>
    public abstract bool Accepts(byte[] file);

    /// <summary>Where the parts of a file lie, if the format has any: segments or chunks, whole.</summary>
    public virtual IReadOnlyList<Range> Parts(byte[] file) => [];

    /// <summary>Where the fields lie that say how large something is, and their length in bytes.</summary>
    public virtual IReadOnlyList<(int Offset, int Bytes)> Sizes(byte[] file) => [];

    /// <summary>Makes checksums right again, so that the damage gets past them.</summary>
    public virtual void Repair(byte[] file)
    {
    }
}

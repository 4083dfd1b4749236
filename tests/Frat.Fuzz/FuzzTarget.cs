namespace Frat.Fuzz;

/// <summary>A reader of untrusted files, with files that it reads.</summary>
internal abstract class FuzzTarget
{
    /// <summary>Valid files, to be damaged.</summary>
    public abstract IReadOnlyList<byte[]> Corpus { get; }

    /// <summary>Files that are hostile as they are: run once, before the random ones.</summary>
    public virtual IEnumerable<(string Name, byte[] File)> Bombs => [];

    /// <summary>What reading one file may take at its peak, managed and native, in bytes beyond what the process holds already.</summary>
    public virtual long MaxGrowth(byte[] file) => MaxAllocated(file) + (64L << 20);

    /// <summary>What reading one file may allocate on the managed heap, in bytes.</summary>
    public abstract long MaxAllocated(byte[] file);

    /// <summary>Reads a file.</summary>
    /// <returns>
    /// True when it was accepted, false when it was refused with the documented exception. Another exception is a finding.
    /// </returns>
    public abstract bool Accepts(byte[] file);

    /// <summary>Where the parts of a file lie, if the format has any: segments or chunks, whole.</summary>
    public virtual IReadOnlyList<Range> Parts(byte[] file) => [];

    /// <summary>Where the fields lie that say how large something is, and their length in bytes.</summary>
    public virtual IReadOnlyList<(int Offset, int Bytes)> Sizes(byte[] file) => [];

    /// <summary>Random damage mostly begins here: what stands before it is so small and so well checked that little gets past it.</summary>
    public virtual int Start => 0;

    /// <summary>A file with what is packed in it laid open, so that the damage is in there.</summary>
    public virtual byte[] Unpack(byte[] file) => (byte[])file.Clone();

    /// <summary>Packs a file that <see cref="Unpack"/> laid open.</summary>
    public virtual byte[] Pack(byte[] file) => file;

    /// <summary>Makes checksums right again, so that the damage gets past them.</summary>
    public virtual void Repair(byte[] file)
    {
    }
}

namespace Frat.Cli;

/// <summary>What the process ends with. <c>frat --help</c> tells the user.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>A file or a row could not be worked on, or a model file isn't verified.</summary>
    public const int Failed = 1;

    /// <summary>The command line can't be understood.</summary>
    public const int Usage = 2;

    /// <summary>The model files can't be had.</summary>
    public const int Models = 3;

    /// <summary>FRAT's database, or the keys of its templates, can't be opened, read or written.</summary>
    public const int Database = 4;

    /// <summary>Broken off by Ctrl+C: 128 and the number of the signal, as shells have it.</summary>
    public const int Interrupted = 130;
}

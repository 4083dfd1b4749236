namespace Frat.Vision;

/// <summary>A place from which model files can be pulled. It is called only by the holder of the folder's lock.</summary>
internal interface IModelSource
{
    /// <summary>Where the file comes from, for messages.</summary>
    string Describe(ModelFile file);

    /// <summary>Puts a verified file into the folder.</summary>
    /// <param name="file">The file.</param>
    /// <param name="alsoMissing">Files that are needed too; a source that gets them without another pull stores them as well.</param>
    /// <param name="cancellationToken">Breaks the pull off.</param>
    Task PullAsync(ModelFile file, IReadOnlyList<ModelFile> alsoMissing, CancellationToken cancellationToken);
}

namespace Frat.Cli.Faces;

/// <summary>Shows results one by one, as soon as each is there.</summary>
internal interface IResultWriter
{
    void Write(FileResult result);
}

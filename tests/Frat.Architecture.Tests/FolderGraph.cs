using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Frat.Architecture.Tests;

/// <summary>A file that uses something which another file of its project declares.</summary>
/// <param name="From">The file that uses it, relative to the project.</param>
/// <param name="To">The file that declares it.</param>
/// <param name="What">What is used.</param>
internal sealed record Use(string From, string To, string What);

/// <summary>
/// Which file of a project uses which other, as the compiler sees it: constants, and calls of extension methods, count as well, which
/// neither compiled code nor namespaces tell. Comments don't count, nor does what Razor makes of pages.
/// </summary>
internal static class FolderGraph
{
    // What the SDKs put before every file.
    private static readonly SyntaxTree Usings = Parse("", """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Net.Http.Json;
        global using System.Threading;
        global using System.Threading.Tasks;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;
        """);

    // Everything that the tests' own process can load: their project references each project that they look at.
    private static readonly Lazy<IReadOnlyDictionary<string, MetadataReference>> Assemblies = new(() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .DistinctBy(path => Path.GetFileNameWithoutExtension(path), StringComparer.OrdinalIgnoreCase)
            .ToDictionary(path => Path.GetFileNameWithoutExtension(path), MetadataReference (path) =>
                MetadataReference.CreateFromFile(path)));

    // Compiled once, no matter who asks.
    private static readonly ConcurrentDictionary<string, Lazy<IReadOnlyList<Use>>> Projects = new();

    /// <summary>The uses inside a project.</summary>
    /// <param name="project">Its folder, relative to the repository.</param>
    public static IReadOnlyList<Use> Of(string project) => Projects.GetOrAdd(project, project => new(() => Of(
        Path.GetFileName(project),
        Repository.SourcesOf(project).ToDictionary(
            file => file, file => File.ReadAllText(Path.Combine(Repository.Root, project, file)))))).Value;

    /// <summary>The uses between some files.</summary>
    /// <param name="assembly">The name of the assembly that they make: those who let it see their internals know it by that.</param>
    /// <param name="files">Their text by path.</param>
    public static IReadOnlyList<Use> Of(string assembly, IReadOnlyDictionary<string, string> files)
    {
        var compilation = CSharpCompilation.Create(
            assembly,
            files.Select(file => Parse(file.Key, file.Value)).Append(Usings),
            Assemblies.Value.Where(reference => reference.Key != assembly).Select(reference => reference.Value),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        return [.. compilation.SyntaxTrees.SelectMany(tree => UsesOf(tree, compilation.GetSemanticModel(tree))).Distinct()];
    }

    private static SyntaxTree Parse(string path, string text) =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview), path);

    private static IEnumerable<Use> UsesOf(SyntaxTree tree, SemanticModel model) =>
        from node in tree.GetRoot().DescendantNodes()
        where node is SimpleNameSyntax or BaseObjectCreationExpressionSyntax or ConstructorInitializerSyntax
        let info = model.GetSymbolInfo(node)
        from symbol in info.Symbol is { } one ? [one] : info.CandidateSymbols.AsEnumerable()
        let declared = Declared(symbol)
        where declared is not null
        let files = declared.DeclaringSyntaxReferences.Select(reference => reference.SyntaxTree.FilePath).ToList()
        where !files.Contains(tree.FilePath)
        from file in files
        select new Use(tree.FilePath, file, declared.Name);

    // Neither what lives inside a method is a use of another file, nor a namespace, which many files declare.
    private static ISymbol? Declared(ISymbol symbol) => symbol.OriginalDefinition switch
    {
        IAliasSymbol alias => Declared(alias.Target),
        IMethodSymbol { ReducedFrom: { } extension } => extension,
        IMethodSymbol { MethodKind: MethodKind.Constructor } constructor => constructor.ContainingType,
        IMethodSymbol or IPropertySymbol or IFieldSymbol or IEventSymbol or INamedTypeSymbol => symbol.OriginalDefinition,
        _ => null,
    };
}

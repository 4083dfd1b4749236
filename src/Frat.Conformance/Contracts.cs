namespace Frat.Conformance;

/// <summary>The contracts of this package, and which of them a test project forgot. Stateless.</summary>
public static class Contracts
{
    /// <summary>All contracts: each is an abstract class of tests.</summary>
    public static IReadOnlyList<Type> All { get; } =
        [.. typeof(StorageContract).Assembly.GetExportedTypes()
            .Where(type => type.IsAbstract && type.IsSubclassOf(typeof(StorageContract)))];

    /// <summary>Finds what isn't tested.</summary>
    /// <param name="tests">The types of a test project.</param>
    /// <returns>Each contract from which none of the classes that can be run derives.</returns>
    public static IReadOnlyList<Type> FindMissing(IEnumerable<Type> tests)
    {
        ArgumentNullException.ThrowIfNull(tests);
        var run = tests.Where(type => type is { IsClass: true, IsAbstract: false }).ToList();
        return [.. All.Where(contract => !run.Exists(type => type.IsSubclassOf(contract)))];
    }
}

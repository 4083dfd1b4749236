namespace Frat.Conformance;

/// <summary>
/// Fails where a test project leaves a contract out. Derive one public class from it, beside those that derive from the contracts.
/// </summary>
public abstract class EveryContract
{
    /// <summary>Looks at the assembly of the derived class.</summary>
    [Fact]
    public void Contracts_OfFrat_AreAllTested() =>
        Contracts.FindMissing(GetType().Assembly.GetTypes()).Select(contract => contract.Name)
            .ShouldBeEmpty($"Derive a class from each of them in {GetType().Assembly.GetName().Name}.");
}

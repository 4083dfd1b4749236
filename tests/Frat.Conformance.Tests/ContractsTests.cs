using System.Reflection;
using System.Reflection.Emit;

namespace Frat.Conformance.Tests;

public sealed class ContractsTests
{
    // A test project that has all of them, by way of the compiler: a class is made for each contract that is added here.
    private static readonly Type[] Complete = [.. Contracts.All.Select(Derive)];

    public static TheoryData<string> Names => [.. Contracts.All.Select(contract => contract.Name)];

    [Fact]
    public void All_OfThePackage_AreTheContractsOfEveryInterfaceThatAStoreHas() =>
        new[] { typeof(EncodingStoreContract), typeof(AttendanceLogContract), typeof(PunchCorrectionContract) }.ShouldBeSubsetOf(
            Contracts.All);

    [Fact]
    public void FindMissing_EveryContractIsDerivedFrom_FindsNone() => Contracts.FindMissing(Complete).ShouldBeEmpty();

    [Theory]
    [MemberData(nameof(Names))]
    public void FindMissing_OneContractIsLeftOut_NamesIt(string name) =>
        Contracts.FindMissing(Complete.Where(type => type.BaseType!.Name != name)).ShouldHaveSingleItem().Name.ShouldBe(name);

    [Fact]
    public void FindMissing_OnlyAnAbstractClassDerives_IsNotEnough() =>
        Contracts.FindMissing(Contracts.All).ShouldBe(Contracts.All, ignoreOrder: true);

    [Fact]
    public void EveryContract_AProjectThatLeavesSomeOut_Fails()
    {
        // This project tests the log alone: see WritingAStoreTests.
        var exception = Should.Throw<ShouldAssertException>(() => new ThisProject().Contracts_OfFrat_AreAllTested());

        exception.Message.ShouldContain("EncodingStoreContract");
        exception.Message.ShouldContain("Frat.Conformance.Tests");
        exception.Message.ShouldNotContain("AttendanceLogContract");
    }

    // Nothing is run, so nothing has to be implemented.
    private static Type Derive(Type contract)
    {
        var module = AssemblyBuilder
            .DefineDynamicAssembly(new("Derived"), AssemblyBuilderAccess.Run).DefineDynamicModule("Derived");
        var type = module.DefineType($"My{contract.Name}", TypeAttributes.Public, contract);
        foreach (var method in contract.GetMethods(AllMethods).Where(method => method.IsAbstract))
        {
            var made = type.DefineMethod(
                method.Name,
                (method.Attributes & ~MethodAttributes.Abstract & ~MethodAttributes.NewSlot) | MethodAttributes.Virtual,
                method.ReturnType,
                [.. method.GetParameters().Select(parameter => parameter.ParameterType)]);
            var code = made.GetILGenerator();
            code.Emit(OpCodes.Ldnull);
            code.Emit(OpCodes.Throw);
        }

        return type.CreateType();
    }

    private const BindingFlags AllMethods =
        BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private sealed class ThisProject : EveryContract;
}

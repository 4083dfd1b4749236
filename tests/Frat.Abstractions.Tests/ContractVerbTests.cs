using System.Reflection;

namespace Frat.Abstractions.Tests;

/// <summary>The rule of verbs in the contracts of stores: a name says what comes back.</summary>
public sealed class ContractVerbTests
{
    public static TheoryData<string> Contracts => [.. Stores.Select(type => type.Name)];

    private static IEnumerable<Type> Stores => typeof(IPersonStore).Assembly.GetExportedTypes()
        .Where(type => type.IsInterface
            && (type.Name.EndsWith("Store", StringComparison.Ordinal) || type == typeof(IAttendanceLog) || type == typeof(IAuditTrail)));

    [Theory]
    [MemberData(nameof(Contracts))]
    public void Verbs_OfAContract_SayWhatComesBack(string contract)
    {
        var methods = Stores.Single(type => type.Name == contract).GetMethods();

        methods.ShouldNotBeEmpty();
        foreach (var method in methods)
        {
            var (name, result) = ($"{contract}.{method.Name}", Unwrap(method.ReturnType));
            var isStream = result.IsGenericType && result.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>);
            var isList = IsList(result);
            method.Name.StartsWith("Read", StringComparison.Ordinal)
                .ShouldBe(isStream, $"{name}: what streams is read, and nothing else is.");
            method.Name.StartsWith("List", StringComparison.Ordinal)
                .ShouldBe(isList && !Adds(method), $"{name}: what comes whole is listed.");
            if (method.Name.StartsWith("Find", StringComparison.Ordinal))
            {
                IsNullable(method).ShouldBeTrue($"{name}: what is looked for may not be there.");
            }

            if (method.Name.StartsWith("Get", StringComparison.Ordinal))
            {
                IsNullable(method).ShouldBeFalse($"{name}: what is got is there.");
            }
        }
    }

    // A page is a list that knows how many there are on all pages.
    private static bool IsList(Type type) =>
        type == typeof(PersonPage) || (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>));

    // Those that store something answer what was stored.
    private static bool Adds(MethodInfo method) => method.Name.StartsWith("Add", StringComparison.Ordinal);

    private static Type Unwrap(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() is { } open && (open == typeof(Task<>) || open == typeof(ValueTask<>))
            ? type.GetGenericArguments()[0]
            : type;

    private static bool IsNullable(MethodInfo method) =>
        new NullabilityInfoContext().Create(method.ReturnParameter).GenericTypeArguments is [{ ReadState: NullabilityState.Nullable }];
}

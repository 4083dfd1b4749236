using Microsoft.Extensions.DependencyInjection;

namespace Frat.Storage.EfCore;

/// <summary>
/// Which database an application keeps its records in: it has one. A second one would be passed over without a word, and its people would
/// be kept in the first.
/// </summary>
/// <param name="Name">What messages call it: no user, no password.</param>
/// <param name="Settings">All that it is reached by and set to, compared by value; it may hold a password.</param>
internal sealed record StoreRegistration(string Name, object Settings)
{
    /// <summary>Notes the database.</summary>
    /// <returns>False when the same one is there already, with the same settings.</returns>
    /// <exception cref="InvalidOperationException">Another one is there, or the same with other settings.</exception>
    public static bool TryAdd(IServiceCollection services, string name, object settings)
    {
        var added = new StoreRegistration(name, settings);
        var first = services.Select(service => service.ImplementationInstance).OfType<StoreRegistration>().FirstOrDefault();
        if (first is null)
        {
            services.AddSingleton(added);
            return true;
        }

        return first == added ? false : throw new InvalidOperationException(
            (first.Name == name
                ? $"FRAT's records are kept in {name} already, with other settings: those of the second call would be passed over."
                : $"FRAT's records are kept in {first.Name} already: {name} would be passed over, and its people would be kept in "
                    + $"{first.Name}, too.")
            + " An application has one store; for several tenants, give each a host of its own, all of them with the same IFaceEncoder "
            + "instance.");
    }

    // Without the settings.
    public override string ToString() => Name;
}

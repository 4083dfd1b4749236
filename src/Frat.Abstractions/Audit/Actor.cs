namespace Frat;

/// <summary>What an <see cref="Actor"/> is, and with that how far it is known.</summary>
public enum ActorKind
{
    /// <summary>A name that a caller gave of itself: nobody has checked it.</summary>
    Claimed,

    /// <summary>An account that is signed in. <see cref="Actor.Id"/> is the account's.</summary>
    User,

    /// <summary>Somebody whose attendance is recorded, for themselves. <see cref="Actor.Id"/> is the <see cref="Person.Id"/>.</summary>
    Person,

    /// <summary>A device that is paired, such as a kiosk.</summary>
    Device,

    /// <summary>Another application, by its key.</summary>
    Application,

    /// <summary>FRAT itself, or a command of it on the machine.</summary>
    Program,
}

/// <summary>Who does something, as the audit trail and the records keep it. Immutable.</summary>
/// <remarks>
/// It stays in the audit trail for good, when the person whom a change is about is long forgotten: an actor who is that person is
/// <see cref="ActorKind.Person"/>, whose id is a pseudonym, without a name.
/// </remarks>
public sealed record Actor
{
    /// <summary>The longest <see cref="Id"/>, in UTF-16 code units.</summary>
    public const int MaxIdLength = 100;

    /// <summary>The longest <see cref="Name"/>, in UTF-16 code units.</summary>
    public const int MaxNameLength = 100;

    /// <summary>FRAT itself.</summary>
    public static Actor Frat { get; } = Program("FRAT");

    /// <summary>What it is.</summary>
    public required ActorKind Kind { get; init; }

    /// <summary>
    /// What tells it from others of its kind, and stays the same: an account's id, a program's name; 1 to <see cref="MaxIdLength"/>
    /// characters without control characters.
    /// </summary>
    public required string Id { get; init; }

    /// <summary>
    /// What people call it, where that isn't the <see cref="Id"/>; 1 to <see cref="MaxNameLength"/> characters without control characters.
    /// </summary>
    public string? Name { get; init; }

    /// <summary>An account that is signed in.</summary>
    /// <param name="id">The account's id.</param>
    /// <param name="name">The account's name, where it is another text.</param>
    /// <returns>The actor.</returns>
    public static Actor User(string id, string? name = null) => new() { Kind = ActorKind.User, Id = id, Name = name };

    /// <summary>A name that a caller gave of itself.</summary>
    /// <param name="name">The name, which is the id as well.</param>
    /// <returns>The actor.</returns>
    public static Actor Claimed(string name) => new() { Kind = ActorKind.Claimed, Id = name };

    /// <summary>FRAT itself, or a command of it.</summary>
    /// <param name="name">The program's name, which is the id as well.</param>
    /// <returns>The actor.</returns>
    public static Actor Program(string name) => new() { Kind = ActorKind.Program, Id = name };

    /// <summary>Whether a text can be an <see cref="Id"/>, to be asked where somebody types one.</summary>
    /// <param name="text">The text.</param>
    /// <returns>True when it can.</returns>
    public static bool IsId(string? text) => ArgumentChecks.IsLine(text, MaxIdLength);

    /// <summary>Checks what every store has to check before it stores one.</summary>
    /// <param name="actor">The value.</param>
    /// <exception cref="ArgumentException">
    /// The kind is none, or a text is empty, too long, not well-formed or has control characters.
    /// </exception>
    public static void ThrowIfInvalid(Actor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentChecks.CheckEnum(actor.Kind);
        ArgumentChecks.CheckLine(actor.Id, MaxIdLength, nameof(Id));
        if (actor.Name is not null)
        {
            ArgumentChecks.CheckLine(actor.Name, MaxNameLength, nameof(Name));
        }
    }

    /// <summary>For people to read.</summary>
    /// <returns>The name with the id in brackets, or the id alone.</returns>
    public override string ToString() => Name is null ? Id : $"{Name} ({Id})";
}

using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Frat.Storage.EfCore;

/// <summary>
/// An <see cref="Actor"/> as one text, which people can read in the table: <c>user:42</c>, or <c>user:42</c>, a tab and the name. Neither
/// an id nor a name has a tab.
/// </summary>
internal static class StoredActor
{
    public const int MaxLength = 20 + Actor.MaxIdLength + Actor.MaxNameLength;

    private const char Separator = '\t';

    public static string Write(Actor actor) =>
        $"{Kinds.Write(actor.Kind)}:{actor.Id}{(actor.Name is null ? "" : $"{Separator}{actor.Name}")}";

    /// <returns>Of a text that FRAT can't have written, all of it, as somebody's claim: a damaged row must not hide the record.</returns>
    public static Actor Read(string text)
    {
        if (text.Split(':', 2) is [var kind, var rest] && Kinds.Read(kind) is { } known)
        {
            var parts = rest.Split(Separator, 2);
            var actor = new Actor { Kind = known, Id = parts[0], Name = parts.Length == 2 ? parts[1] : null };
            if (IsValid(actor))
            {
                return actor;
            }
        }

        var claim = Actor.Claimed(text.Length > Actor.MaxIdLength ? text[..Actor.MaxIdLength] : text);
        return IsValid(claim) ? claim : Actor.Claimed("unknown");
    }

    private static bool IsValid(Actor actor)
    {
        try
        {
            Actor.ThrowIfInvalid(actor);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static class Kinds
    {
        private static readonly Dictionary<ActorKind, string> Names =
            Enum.GetValues<ActorKind>().ToDictionary(kind => kind, kind => kind.ToString().ToLowerInvariant());

        public static string Write(ActorKind kind) => Names[kind];

        public static ActorKind? Read(string name) => Names.FirstOrDefault(kind => kind.Value == name) is { Value: not null } known
            ? known.Key
            : null;
    }
}

/// <summary>How EF Core keeps actors.</summary>
internal sealed class ActorConverter() : ValueConverter<Actor, string>(actor => StoredActor.Write(actor), text => StoredActor.Read(text));

using System.ComponentModel;
using System.Text.Json.Serialization;

namespace Frat.AspNetCore;

[Description("Who did something.")]
internal sealed record ActorAnswer(
    [property: Description("What it is. `claimed` is a name that a caller gave of itself, and that nobody has checked.")]
    [property: JsonConverter(typeof(CamelCase<ActorKind>))] ActorKind Kind,
    [property: Description("What tells it from others of its kind: an account's id, a program's name.")]
    string Id,
    [property: Description("What people call it, where that isn't the id.")]
    string? Name)
{
    public static ActorAnswer Of(Actor actor) => new(actor.Kind, actor.Id, actor.Name);
}

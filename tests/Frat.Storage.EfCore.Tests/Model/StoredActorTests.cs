namespace Frat.Storage.EfCore.Tests.Model;

public sealed class StoredActorTests
{
    [Theory]
    [InlineData(ActorKind.Claimed, "HR", null, "claimed:HR")]
    [InlineData(ActorKind.User, "42", "Grace Hopper", "user:42\tGrace Hopper")]
    [InlineData(ActorKind.User, "a:b", "c:d", "user:a:b\tc:d")]
    [InlineData(ActorKind.Person, "019", null, "person:019")]
    [InlineData(ActorKind.Device, "Tür 1", null, "device:Tür 1")]
    [InlineData(ActorKind.Application, "payroll", null, "application:payroll")]
    [InlineData(ActorKind.Program, "FRAT", null, "program:FRAT")]
    public void WriteAndRead_AnActor_IsTheSame(ActorKind kind, string id, string? name, string text)
    {
        var actor = new Actor { Kind = kind, Id = id, Name = name };

        StoredActor.Write(actor).ShouldBe(text);
        StoredActor.Read(text).ShouldBe(actor);
    }

    [Fact]
    public void Write_TheLongest_FitsTheColumn()
    {
        foreach (var kind in Enum.GetValues<ActorKind>())
        {
            var actor = new Actor { Kind = kind, Id = new string('i', Actor.MaxIdLength), Name = new string('n', Actor.MaxNameLength) };
            StoredActor.Write(actor).Length.ShouldBeLessThanOrEqualTo(StoredActor.MaxLength);
            StoredActor.Read(StoredActor.Write(actor)).ShouldBe(actor);
        }
    }

    // A row that somebody damaged must still be shown.
    [Theory]
    [InlineData("HR", "HR")]
    [InlineData("User:42", "User:42")]
    [InlineData("root:42", "root:42")]
    [InlineData("user:", "user:")]
    [InlineData("user:42\t", "unknown")]
    [InlineData("user:4\n2", "unknown")]
    [InlineData("", "unknown")]
    public void Read_TextThatFratDidNotWrite_IsSomebodysClaim(string text, string id) => StoredActor.Read(text).ShouldBe(Actor.Claimed(id));

    [Fact]
    public void Read_TextThatIsTooLong_IsCut() =>
        StoredActor.Read(new string('x', 500)).ShouldBe(Actor.Claimed(new string('x', Actor.MaxIdLength)));
}

namespace Frat.Architecture.Tests;

/// <summary>
/// The folders of a project stand on each other, and not in a circle, in the order that <see cref="Walls"/> says. So each can be read,
/// moved or made a package of its own with what is below it alone.
/// </summary>
public sealed class WallTests
{
    public static TheoryData<string> Projects => [.. new[] { "src", "samples" }.SelectMany(folder =>
        Directory.GetDirectories(Path.Combine(Repository.Root, folder)).Select(project => $"{folder}/{Path.GetFileName(project)}"))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_OfAProject_UseThoseBelowThemOnly(string project)
    {
        var wall = WallOf(project);
        var uses =
            from use in FolderGraph.Of(project)
            let user = wall.RoomOf(use.From)
            let used = wall.RoomOf(use.To)
            where user is not null && used is not null && !wall.Allows(user, used)
            group $"{use.From} uses {use.What} of {use.To}" by $"{user} > {used}";

        uses.Select(edge => $"{edge.Key} ({edge.First()})")
            .ShouldBeEmpty("Move what is used to a lower folder, or what uses it to a higher one; the order is in Walls.cs.");
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void Folders_OfAProject_HaveTheirPlace(string project)
    {
        var wall = WallOf(project);
        var rooms = Repository.SourcesOf(project).ToLookup(wall.RoomOf);

        rooms[null].ShouldBeEmpty("A new folder needs its place in Walls.cs.");
        wall.Rooms.Where(room => room != "." && !rooms.Contains(room)).ShouldBeEmpty("These are gone: delete them in Walls.cs.");
    }

    [Theory]
    [InlineData("Low", "High", false)]
    [InlineData("High", "Low", true)]
    [InlineData("Left", "Right", false)]
    [InlineData("Left/Deep", "Right", false)]
    [InlineData("Left", "Left", true)]
    [InlineData("Left/Deep", "Left", true)]
    [InlineData(".", "High", true)]
    [InlineData("High", ".", false)]
    public void Allows_Folders_ByTheirOrder(string from, string to, bool expected)
    {
        var wall = new Wall(["Low", "Left | Right", "High", "."]);

        wall.Allows(wall.RoomOf($"{from}/A.cs".Replace("./", ""))!, wall.RoomOf($"{to}/B.cs".Replace("./", ""))!).ShouldBe(expected);
    }

    private static Wall WallOf(string project)
    {
        Walls.All.ShouldContainKey(project, "A new project needs its walls in Walls.cs.");
        return Walls.All[project];
    }
}

using Microsoft.Extensions.Time.Testing;

namespace Frat.Vision.Tests.Models;

/// <summary>Who looks on is told how far a pull is.</summary>
public sealed class ModelProgressTests : IDisposable
{
    private readonly ModelWorld _world = new();
    private readonly FakeTimeProvider _time = new();
    private readonly StringWriter _terminal = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public async Task GetAsync_WithProgress_TellsEachPartAndTheEnd()
    {
        await using var server = LoopbackServer.Serving(_world.Packed);
        _world.Url = server.Url;
        var reports = new Reports();
        _world.Progress = reports;

        await _world.Files().GetAsync(ModelWorld.Name);

        reports.All.ShouldAllBe(report => report.What == ModelWorld.Name && report.Total == _world.Packed.Length);
        reports.All.Select(report => report.State).Distinct()
            .ShouldBe([ModelPullState.Started, ModelPullState.Running, ModelPullState.Complete]);
        reports.All.Select(report => report.Done).ShouldBe(reports.All.Select(report => report.Done).Order());
        reports.All[^1].Done.ShouldBe(_world.Packed.Length);
        _world.Log.Text.ShouldNotContain(": complete"); // Told already.
    }

    [Fact]
    public async Task GetAsync_SourceBreaksOff_TellsThatThePullStopped()
    {
        await using var server = new LoopbackServer((_, _) => new Answer(200, _world.Packed, BreakAfter: 1000));
        _world.Url = server.Url;
        var reports = new Reports();
        _world.Progress = reports;

        await Should.ThrowAsync<ModelFileException>(() => _world.Files().GetAsync(ModelWorld.Name));

        reports.All.Count(report => report.State == ModelPullState.Started)
            .ShouldBe(reports.All.Count(report => report.State == ModelPullState.Stopped));
        reports.All.ShouldNotContain(report => report.State == ModelPullState.Complete);
    }

    [Fact]
    public async Task GetAsync_OnATerminal_DrawsABar()
    {
        await using var server = LoopbackServer.Serving(_world.Packed);
        _world.Url = server.Url;
        _world.Progress = new ModelProgressBar(_terminal);

        await _world.Files().GetAsync(ModelWorld.Name);

        _terminal.ToString().ShouldEndWith("\rmade_up.dat [############] 100 %  0.3 of 0.3 MB" + Environment.NewLine);
    }

    [Fact]
    public void Report_ToABarTooOften_IsDrawnTenTimesASecond()
    {
        var bar = new ModelProgressBar(_terminal, _time);
        bar.Report(Progress(0, ModelPullState.Started));
        for (var megabytes = 1; megabytes <= 8; megabytes++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            bar.Report(Progress(megabytes, ModelPullState.Running));
        }

        bar.Report(Progress(8, ModelPullState.Stopped));

        _terminal.ToString().ShouldBe(
            "\ra.dat [###.........]  25 %  2.0 of 8.0 MB\ra.dat [######......]  50 %  4.0 of 8.0 MB"
            + "\ra.dat [#########...]  75 %  6.0 of 8.0 MB\ra.dat [############] 100 %  8.0 of 8.0 MB" + Environment.NewLine);
    }

    [Fact]
    public void Report_OfUnknownSize_DrawsNoShare()
    {
        var bar = new ModelProgressBar(_terminal, _time);

        bar.Report(Progress(3, ModelPullState.Complete) with { Total = null });

        _terminal.ToString().ShouldBe("\ra.dat  3.0 MB" + Environment.NewLine);
    }

    private static ModelProgress Progress(int megabytes, ModelPullState state) =>
        new() { What = "a.dat", Done = megabytes * 1_000_000L, Total = 8_000_000, State = state };

    private sealed class Reports : IProgress<ModelProgress>
    {
        public List<ModelProgress> All { get; } = [];

        public void Report(ModelProgress value) => All.Add(value);
    }
}

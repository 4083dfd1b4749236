using System.Globalization;
using System.Net;
using Frat.TestKit;
using Spectre.Console;

namespace Frat.Compare.Attack;

/// <summary>What every attack begins with: a published host, and a database with people in it, of whom some come to the kiosk.</summary>
internal sealed class AttackScene : IDisposable
{
    private const int PhotosEach = 3;
    private const int FramesEach = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>What an attack has to itself, until all its connections are there.</summary>
    private static readonly TimeSpan Beginning = TimeSpan.FromSeconds(2);

    private readonly TemporaryFolder _folder = new();
    private readonly MemoryLimit _limit;
    private readonly string _program;
    private readonly List<(string EmployeeId, byte[] Frame)> _frames = [];

    private AttackScene(MemoryLimit limit, string program) => (_limit, _program) = (limit, program);

    private string Filled => Path.Combine(_folder.Path, "filled");

    private string Pictures => Path.Combine(_folder.Path, "pictures");

    public static async Task<AttackScene> PrepareAsync(MemoryLimit limit, string? program, int people)
    {
        var scene = new AttackScene(limit, program ?? LimitedHost.Publish());
        try
        {
            await scene.FillAsync(people);
            return scene;
        }
        catch
        {
            scene.Dispose();
            throw;
        }
    }

    /// <summary>Runs one attack against a host of its own.</summary>
    /// <param name="attack">The attack; null to see what there is when nobody attacks.</param>
    /// <param name="time">How long.</param>
    /// <param name="from">Where it comes from.</param>
    public async Task<AttackResult> MeasureAsync(Attack? attack, TimeSpan time, IEnumerable<IPAddress> from)
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.GetFiles(Filled))
        {
            File.Copy(file, Path.Combine(folder.Path, Path.GetFileName(file)));
        }

        _limit.Reset();
        await using var host = await LimitedHost.StartAsync(_limit, _program, folder.Path);
        var kiosk = new Kiosk(host.Address, _frames);
        await kiosk.RunAsync(TimeSpan.Zero); // Loads what a host loads with the first photo.

        await using var attacker = attack is null ? null : await Attacker.StartAsync(attack, host.Address, from, Pictures);
        await Task.Delay(attack is null ? TimeSpan.Zero : Beginning);
        var record = await kiosk.RunAsync(time);
        var sent = attacker is null ? null : await attacker.StopAsync();
        var recovered = (await kiosk.RunAsync(TimeSpan.Zero)).Recognized > 0;
        if (!host.IsAlive)
        {
            AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[red]The host is dead:[/] {host.LastErrors}");
        }

        return new AttackResult(
            attack is null ? "none" : $"{attack.Name}: {attack.What}", record, sent, host.IsAlive, recovered, _limit.Peak);
    }

    public void Dispose() => _folder.Dispose();

    private async Task FillAsync(int people)
    {
        Directory.CreateDirectory(Filled);
        Directory.CreateDirectory(Pictures);
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"Registering {people:N0} people …");
        await using (var host = await LimitedHost.StartAsync(_limit, _program, Filled))
        {
            using var client = new HttpClient { BaseAddress = host.Address, Timeout = Patience };
            foreach (var (number, (_, photos)) in DebianPhotos.Johns.Index())
            {
                var employeeId = number.ToString(CultureInfo.InvariantCulture);
                await LimitedHost.RegisterAsync(client, employeeId, $"Person {employeeId}", photos.Take(PhotosEach));
                _frames.AddRange(
                    photos.Skip(PhotosEach).Take(FramesEach).Select(photo => (employeeId, PhotoCanvas.Draw(1280, 720, 480, photo))));
            }
        }

        if (people > 0)
        {
            LimitedHost.Fill(Filled, people);
        }

        AnsiConsole.MarkupLine("Making pictures …");
        HostilePictures.Make(Pictures, _frames[0].Frame);
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Frat.Compare.Attack;

/// <summary>An attack in a process of its own, so that it doesn't slow the kiosk's.</summary>
internal sealed class Attacker : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Process _process;

    private Attacker(Process process) => _process = process;

    /// <summary>Begins the attack.</summary>
    public static async Task<Attacker> StartAsync(Attack attack, Uri host, IEnumerable<IPAddress> from, string pictures)
    {
        string[] arguments = [
            "attack", "attack-run", attack.Name, host.Port.ToString(CultureInfo.InvariantCulture), string.Join(',', from), pictures
        ];
        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await process.StandardOutput.ReadLineAsync();
        return new Attacker(process);
    }

    /// <summary>The process's side: attacks until its input ends.</summary>
    public static async Task RunAsync(string name, int port, string from, string pictures)
    {
        var attack = Attacks.All.Single(attack => attack.Name == name);
        var target = new AttackTarget(new IPEndPoint(IPAddress.Loopback, port), [.. from.Split(',').Select(IPAddress.Parse)], pictures);
        using var end = new CancellationTokenSource();
        var start = Stopwatch.GetTimestamp();
        var running = Task.Run(() => attack.RunAsync(target, end.Token));
        Console.WriteLine("begun");
        await Console.In.ReadToEndAsync();
        var result = target.Tally.Result(Stopwatch.GetElapsedTime(start));
        await end.CancelAsync();
        await running;
        Console.WriteLine(result.Write());
    }

    /// <summary>Ends the attack.</summary>
    /// <returns>What it sent and was answered.</returns>
    public async Task<TallyResult> StopAsync()
    {
        _process.StandardInput.Close();
        return TallyResult.Read(await _process.StandardOutput.ReadToEndAsync().WaitAsync(Patience));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}

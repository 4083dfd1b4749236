using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Frat.WebHost.Pages.Devices;

/// <summary>The devices: what they say of themselves, and how one is paired.</summary>
internal sealed class IndexModel(
    DeviceAdministration devices, DeviceBook book, IPersonStore people, TimeProvider now, SiteTime time) : PageModel
{
    private const int MostEvents = 50;
    private static readonly TimeSpan ClockIsOff = TimeSpan.FromMinutes(1);

    public SiteTime Time { get; } = time;

    public IReadOnlyList<Device> Rows { get; private set; } = [];

    public IReadOnlyList<(DeviceEvent Line, string Device, string? Person)> Events { get; private set; } = [];

    /// <summary>What stands in the form.</summary>
    public DeviceForm Form { get; private set; } = new();

    public string? Problem { get; private set; }

    /// <summary>A code that was made just now, and is shown this once.</summary>
    public string? Code { get; private set; }

    public string? CodeFor { get; private set; }

    public string? PairAddress { get; private set; }

    /// <summary>The link with the code, as SVG.</summary>
    public string? Picture { get; private set; }

    private Actor By => Callers.Of(HttpContext) ?? Actor.Frat;

    private CancellationToken Stop => HttpContext.RequestAborted;

    /// <summary>What it said of itself at the last beat.</summary>
    public static string SaysOf(Device device)
    {
        if (device.LastBeatAt is null)
        {
            return "";
        }

        var ahead = TimeSpan.FromMilliseconds(device.ClockAheadMs);
        var minutes = ahead.Duration().TotalMinutes.ToString("0", CultureInfo.InvariantCulture);
        return string.Join(", ", ((string?[])
        [
            device.Camera == "live" ? "camera works" : $"camera: {device.Camera ?? "unknown"}",
            device.Waiting > 0 ? $"{device.Waiting} punches wait" : null,
            ahead.Duration() < ClockIsOff ? null : $"clock {minutes} min {(ahead > TimeSpan.Zero ? "fast" : "slow")}",
            device.Version == KioskEndpoints.Version ? null : "older page",
        ]).OfType<string>());
    }

    public (string Words, string Tone) StateOf(Device device)
    {
        var at = now.GetUtcNow();
        return device switch
        {
            { TokenHash: null, CodeUntil: { } until } when at < until => ("Waits for its code", "info"),
            { TokenHash: null } => ("Not paired", "warn"),
            { LastBeatAt: { } beat } when at - beat < Device.SilentAfter => ("Online", "good"),
            _ => ("Silent", "bad"),
        };
    }

    public Task OnGetAsync() => ReadAsync();

    public async Task<IActionResult> OnPostAddAsync([FromForm] DeviceForm form)
    {
        Form = form;
        var settings = form.Read();
        Problem = ModelState.IsValid ? await devices.WhyNotAsync(settings, id: null, Stop) : DeviceForm.NotChosen;
        if (Problem is null)
        {
            var (device, code) = await devices.AddAsync(By, settings, Stop);
            Show(device.Name, code);
            Form = new DeviceForm();
        }

        await ReadAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostCodeAsync([FromForm] Guid id)
    {
        if (await devices.FindAsync(id, Stop) is { } device && await devices.NewCodeAsync(id, Stop) is { } code)
        {
            Show(device.Name, code);
        }

        await ReadAsync();
        return Page();
    }

    public async Task<IActionResult> OnPostRemoveAsync([FromForm] Guid id)
    {
        await devices.RemoveAsync(By, id, Stop);
        return RedirectToPage();
    }

    private void Show(string name, string code)
    {
        (Code, CodeFor) = (code, name);
        PairAddress = $"{Request.Scheme}://{Request.Host}{Request.PathBase}{DeviceHandler.PairPath}";
        Picture = QrCode.Draw($"{PairAddress}?code={code}");
    }

    private async Task ReadAsync()
    {
        Rows = await devices.ListAsync(Stop);
        var names = Rows.ToDictionary(device => device.Id, device => device.Name);
        var events = new List<(DeviceEvent, string, string?)>();
        foreach (var line in await book.ReadAsync(MostEvents, Stop))
        {
            var person = line.PersonId is { } id ? (await people.FindAsync(id, Stop))?.Name : null;
            events.Add((line, names.GetValueOrDefault(line.DeviceId, "removed"), person));
        }

        Events = events;
    }
}

using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace Frat.TestKit;

/// <summary>
/// The office of a running web host, as its people use it: by its pages, from the link of the first start on. A session goes on when the
/// host is started anew.
/// </summary>
public sealed partial class HostOffice : IDisposable
{
    private const string Password = "correct horse staple";
    private readonly Uri _host;

    private HostOffice(Uri host)
    {
        _host = host;
        Client = new HttpClient(Handler) { BaseAddress = host };
    }

    /// <summary>An administrator's browser.</summary>
    public HttpClient Client { get; }

    private HttpClientHandler Handler { get; } = new() { AllowAutoRedirect = false };

    /// <summary>The cookie of the administrator's session, as a header has it.</summary>
    public string Cookie => Handler.CookieContainer.GetCookieHeader(_host);

    /// <summary>Makes the administrator of a host that has none.</summary>
    /// <param name="host">Where it listens.</param>
    /// <param name="printed">What it printed, with the link.</param>
    public static async Task<HostOffice> OpenAsync(Uri host, string printed)
    {
        var office = new HostOffice(host);
        var key = Uri.UnescapeDataString(Link().Match(printed).Groups["key"].Value);
        using var welcomed = await PostAsync(
            office.Client,
            $"/welcome?key={Uri.EscapeDataString(key)}",
            "/welcome",
            ("key", key),
            ("name", "ada"),
            ("password", Password),
            ("again", Password));
        Require(welcomed.StatusCode == HttpStatusCode.Redirect, "No administrator could be made", await ReadAsync(welcomed));
        return office;
    }

    /// <summary>Adds a device that keeps pictures, and pairs it.</summary>
    /// <returns>The cookie that its tablet keeps.</returns>
    public async Task<string> PairAsync(string name)
    {
        using var added = await PostAsync(
            Client,
            "/devices",
            "/devices?handler=Add",
            ("name", name),
            ("direction", "Undetermined"),
            ("trigger", "HandsFree"),
            ("keepsPictures", "true"));
        var page = await ReadAsync(added);
        var code = Code().Match(page).Groups["code"].Value;
        Require(code.Length > 0, "No device could be added", page);
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var tablet = new HttpClient(handler) { BaseAddress = _host };
        using var paired = await PostAsync(tablet, "/kiosk/pair", "/kiosk/pair", ("code", code));
        Require(paired.StatusCode == HttpStatusCode.Redirect, "No device could be paired", await ReadAsync(paired));
        return handler.CookieContainer.GetCookieHeader(new Uri(_host, "/kiosk"));
    }

    /// <summary>Registers somebody by photos.</summary>
    public async Task EnrollAsync(string employeeId, string name, params IEnumerable<string> photos)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(employeeId), "employeeId" },
            { new StringContent(name), "name" },
            { new StringContent("1"), "consent" },
        };
        foreach (var photo in photos)
        {
            form.Add(new ByteArrayContent(await File.ReadAllBytesAsync(photo)), "photo", "photo.jpg");
        }

        using var answer = await Client.PostAsync(new Uri("/api/v1/people", UriKind.Relative), form);
        Require(answer.IsSuccessStatusCode, "Nobody could be registered", await ReadAsync(answer));
    }

    /// <summary>Gives somebody a PIN.</summary>
    public async Task SetPinAsync(string employeeId, string pin)
    {
        var person = string.Create(CultureInfo.InvariantCulture, $"/people/person?id={Uri.EscapeDataString(employeeId)}");
        using var set = await PostAsync(Client, person, person + "&handler=SetPin", ("pin", pin));
        Require(set.StatusCode == HttpStatusCode.Redirect, "No PIN could be set", await ReadAsync(set));
    }

    public void Dispose()
    {
        Client.Dispose();
        Handler.Dispose();
    }

    private static async Task<HttpResponseMessage> PostAsync(
        HttpClient client, string page, string address, params (string Name, string Value)[] fields)
    {
        var html = await client.GetStringAsync(new Uri(page, UriKind.Relative));
        using var form = new FormUrlEncodedContent([
            KeyValuePair.Create("__RequestVerificationToken", Token().Match(html).Groups["token"].Value),
            .. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))]);
        return await client.PostAsync(new Uri(address, UriKind.Relative), form);
    }

    private static Task<string> ReadAsync(HttpResponseMessage answer) => answer.Content.ReadAsStringAsync();

    private static void Require(bool isSo, string otherwise, string answer)
    {
        if (!isSo)
        {
            throw new InvalidOperationException($"{otherwise}: {answer}");
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"(?<token>[^\"]+)\"")]
    private static partial Regex Token();

    [GeneratedRegex("id=\"code\"[^>]*>(?<code>[0-9]{3} [0-9]{3})<")]
    private static partial Regex Code();

    [GeneratedRegex(@"/welcome\?key=(?<key>\S+)")]
    private static partial Regex Link();
}

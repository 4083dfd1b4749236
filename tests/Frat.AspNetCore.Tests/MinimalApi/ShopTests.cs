using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Frat.TestKit;

namespace Frat.AspNetCore.Tests.MinimalApi;

/// <summary>Somebody's application with attendance in it: its own users, its own database, FRAT behind its own policies.</summary>
public sealed class ShopTests(Shop shop) : IClassFixture<Shop>
{
    private static readonly IReadOnlyList<string> Photos = DebianPhotos.Johns.Values.First();

    [Fact]
    public async Task Shop_UserEnrolledWithConsent_IsRecognizedAtTheDoorAndInTheRecords()
    {
        using var hr = await shop.ClientOfAsync("hr");
        var ada = await AddUserAsync(hr, "ada", "staff");
        await AddUserAsync(hr, "front door", "door");

        using var refused = await hr.PostAsync("/attendance/people", Form(("employeeId", ada), ("name", "Ada"), ("photo", Photos[0])));
        using var enrolled = await hr.PostAsync(
            "/attendance/people", Form(("employeeId", ada), ("name", "Ada"), ("consent", "1"), ("photo", Photos[0])));
        using var door = await shop.ClientOfAsync("front door");
        using var checkedIn = await door.PostAsync("/door/check-ins", Form(("image", Photos[1])));
        var records = await hr.GetFromJsonAsync<JsonElement>("/attendance/attendance");
        var trail = await hr.GetFromJsonAsync<JsonElement>($"/attendance/audit?person={ada}");

        (await CodeAsync(refused)).ShouldBe((422, "consentRequired"));
        enrolled.StatusCode.ShouldBe(HttpStatusCode.Created);
        enrolled.Headers.Location!.ToString().ShouldBe($"/attendance/people/{ada}");
        var answer = await checkedIn.Content.ReadFromJsonAsync<JsonElement>();
        answer.GetProperty("outcome").GetString().ShouldBe("recognized");
        answer.GetProperty("person").GetProperty("employeeId").GetString().ShouldBe(ada);
        records.GetProperty("days").EnumerateArray().Single().GetProperty("status").GetString().ShouldBe("present");
        trail[0].GetProperty("by").GetProperty("id").GetString().ShouldBe("1", "the id of the user who was signed in");
    }

    [Theory]
    [InlineData(null, "GET", "/attendance/people", 401)]
    [InlineData(null, "POST", "/attendance/people", 401)]
    [InlineData(null, "POST", "/door/check-ins", 401)]
    [InlineData("side door", "GET", "/attendance/people", 403)]
    [InlineData("side door", "DELETE", "/attendance/people/1", 403)]
    [InlineData("side door", "GET", "/attendance/audit", 403)]
    [InlineData("side door", "POST", "/attendance/check-ins", 403)]
    [InlineData("hr", "POST", "/door/check-ins", 403)]
    public async Task Call_ByNobodyOrOfAnotherRole_IsRefusedWithoutARedirect(string? user, string method, string path, int expected)
    {
        using (var hr = await shop.ClientOfAsync("hr"))
        {
            await AddUserAsync(hr, "side door", "door");
        }

        using var client = await shop.ClientOfAsync(user);
        using var response = await client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        ((int)response.StatusCode).ShouldBe(expected);
    }

    [Fact]
    public async Task Change_SignedWithAnothersName_IsRefused()
    {
        using var hr = await shop.ClientOfAsync("hr");

        using var response = await hr.PostAsJsonAsync("/attendance/people/none/revoke", new { by = "ceo" });

        (await CodeAsync(response)).ShouldBe((400, "invalidFields"));
    }

    private static async Task<string> AddUserAsync(HttpClient hr, string name, string role)
    {
        using var response = await hr.PostAsJsonAsync("/users", new { Name = name, Role = role, Shop.Password });
        return response.StatusCode == HttpStatusCode.Conflict
            ? ""
            : (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").ToString();
    }

    private static MultipartFormDataContent Form(params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields)
        {
            if (File.Exists(value))
            {
                form.Add(new ByteArrayContent(File.ReadAllBytes(value)), $"\"{name}\"", "\"photo.jpg\"");
            }
            else
            {
                form.Add(new StringContent(value), $"\"{name}\"");
            }
        }

        return form;
    }

    private static async Task<(int, string?)> CodeAsync(HttpResponseMessage response) =>
        ((int)response.StatusCode, (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
}

using Microsoft.Extensions.Options;

namespace Frat.WebHost.Tests.Accounts;

/// <summary>What is wrong with the settings of a directory, each said when the host starts.</summary>
public sealed class DirectoryOptionsTests
{
    private static readonly Uri Directory = new("https://login.contoso.example/staff");

    [Theory]
    [InlineData("Authority", "", "Authority: it is missing")]
    [InlineData("Authority", "login.contoso.example", "is not the address of a directory")]
    [InlineData("Authority", "http://login.contoso.example/", "http:// only on this machine")]
    [InlineData("Authority", "https://somebody@login.contoso.example/", "is not the address of a directory")]
    [InlineData("Authority", "https://login.contoso.example/?tenant=1", "is not the address of a directory")]
    [InlineData("ClientId", "", "ClientId: it is missing")]
    [InlineData("ClientSecret", " ", "ClientSecret: it is missing")]
    [InlineData("RoleClaim", "", "RoleClaim: it is missing")]
    [InlineData("Scopes", "profile", "Scopes: without openid")]
    [InlineData("Managers", "office; staff", "'staff' gives two roles")]
    [InlineData("Administrators", "*", "'*' is everybody")]
    [InlineData("Everything", "", "nobody could sign in")]
    public void Settings_Wrong_AreSaid(string key, string value, string message)
    {
        var options = Read();
        if (key == "Everything")
        {
            (options.Administrators, options.Managers, options.Employees) = (null, " ; ", null);
        }
        else
        {
            typeof(DirectoryOptions).GetProperty(key)!.SetValue(options, value);
        }

        Validate(options, AccessMode.SignIn).FailureMessage.ShouldNotBeNull().ShouldContain(message);
    }

    [Fact]
    public void Settings_AsInTheGuide_AreTaken()
    {
        Validate(Read(), AccessMode.SignIn).Succeeded.ShouldBeTrue();
        Validate(new DirectoryOptions(), AccessMode.Open).Succeeded.ShouldBeTrue("without a directory");
        Validate(Read(), AccessMode.Open).FailureMessage.ShouldNotBeNull().ShouldContain("nobody signs in");
    }

    [Theory]
    [InlineData("*", "Employee")]
    [InlineData("staff", null)]
    public void Role_OfSomebodyWithoutGroups_IsWhatEverybodyGets(string employees, string? role)
    {
        var options = Read();
        options.Employees = employees;

        DirectoryAccounts.RoleOf(options, []).ToString().ShouldBe(role ?? "");
        DirectoryAccounts.RoleOf(options, ["office", "staff"]).ShouldBe(AccountRole.Manager);
        DirectoryAccounts.RoleOf(options, ["CN=leads"]).ShouldBe(role is null ? null : AccountRole.Employee, "values have commas in them");
    }

    [Theory]
    [InlineData("https://login.contoso.example/token", true)]
    [InlineData("http://127.0.0.1:8080/token", true)]
    [InlineData("http://[::1]/token", true)]
    [InlineData("http://localhost/token", true)]
    [InlineData("http://localhost.contoso.example/token", false)]
    [InlineData("http://192.168.1.5/token", false)]
    [InlineData("ftp://127.0.0.1/token", false)]
    public void Address_InTheClearBeyondThisMachine_IsNotPrivate(string address, bool isPrivate) =>
        DirectoryOptions.IsPrivate(new Uri(address)).ShouldBe(isPrivate);

    private static ValidateOptionsResult Validate(DirectoryOptions options, AccessMode access) =>
        new DirectoryOptionsValidator(Options.Create(new AccessOptions { Access = access })).Validate(null, options);

    private static DirectoryOptions Read()
    {
        var options = new DirectoryOptions();
        foreach (var (key, value) in DirectoryHost.SettingsOf(Directory))
        {
            typeof(DirectoryOptions).GetProperty(key.Split(':')[^1])!.SetValue(options, value);
        }

        return options;
    }
}

using System.Net;
using System.Net.Sockets;

namespace Frat.WebHost.Tests.Hosting;

/// <summary>The built host as a process: it listens, or it says in one sentence why it doesn't.</summary>
public sealed class StartUpTests
{
    private const string Local = "http://127.0.0.1:0";

    [Theory]
    [InlineData("http://0.0.0.0:0", "", "")]
    [InlineData("http://[::]:0", "", "")]
    [InlineData(Local, "Kestrel__Endpoints__Web__Url", "http://*:0")]
    public async Task Start_OpenBeyondThisMachine_IsRefused(string urls, string key, string value)
    {
        using var folder = new TemporaryFolder();

        await using var host = await HostProcess.TryStartAsync(folder.Path, urls, key.Length > 0 ? [(key, value)] : []);

        ShouldHaveFailed(host, "Listen on localhost, leave Frat:Access out, or confirm it with Frat:OpenToNetwork=true");
    }

    [Fact]
    public async Task Start_OpenBeyondThisMachineAndConfirmed_ListensAndWarns()
    {
        using var folder = new TemporaryFolder();

        await using var host = await HostProcess.TryStartAsync(folder.Path, "http://0.0.0.0:0", ("Frat__OpenToNetwork", "true"));

        host.HasEnded.ShouldBeFalse(host.Errors);
        host.Output.ShouldContain("Frat:Access is Open");
    }

    [Fact]
    public async Task Start_AddressIsTaken_IsSaid()
    {
        using var folder = new TemporaryFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();

        await using var host = await HostProcess.TryStartAsync(folder.Path, $"http://{other.LocalEndpoint}");

        ShouldHaveFailed(host, "address already in use");
    }

    [Fact]
    public async Task Start_DatabaseIsDamaged_NamesTheFile()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder.File("frat.db"), new string('x', 10_000));

        await using var host = await HostProcess.TryStartAsync(folder.Path, Local);

        ShouldHaveFailed(host, folder.File("frat.db"));
        (await File.ReadAllTextAsync(folder.File("frat.db"))).ShouldBe(new string('x', 10_000));
    }

    [Fact]
    public async Task Start_ModelFileIsDamagedAndNoSourceAllowed_NamesTheFile()
    {
        using var folder = new TemporaryFolder();
        var models = Directory.CreateDirectory(folder.File("models")).FullName;
        foreach (var model in (string[])["dlib_face_recognition_resnet_model_v1.dat", "shape_predictor_5_face_landmarks.dat"])
        {
            await File.WriteAllTextAsync(Path.Combine(models, model), "damaged");
        }

        await using var host =
            await HostProcess.TryStartAsync(folder.Path, Local, ("Frat__Models__Folder", models), ("Frat__Models__Sources", "None"));

        ShouldHaveFailed(host, ".dat");
    }

    [Theory]
    [InlineData("Frat__Recognition__MaxDistance", "9", "Frat:Recognition:MaxDistance: ")]
    [InlineData("Frat__Recognition__Margin", "wide", "Frat:Recognition:Margin")]
    [InlineData("Frat__Site__TimeZone", "Nowhere/Land", "Frat:Site:TimeZone: \"Nowhere/Land\" is not")]
    [InlineData("Frat__Sites__tokyo__TimeZone", "Nowhere/Land", "Frat:Sites:tokyo:TimeZone: \"Nowhere/Land\" is not")]
    [InlineData("Frat__Recognition__MaxDistanse", "0.5", "MaxDistanse")]
    [InlineData("Frat__Images__MaxSide", "1", "Frat:Images:MaxSide: ")]
    [InlineData("Frat__Retention__TemplateDays", "0", "Frat:Retention:TemplateDays: ")]
    [InlineData("Frat__Images__MaxSides", "1000", "MaxSides")]
    [InlineData("Frat__Dlib__MaxConcurrency", "0", "Frat:Dlib:MaxConcurrency: ")]
    [InlineData("Frat__Access", "Public", "Frat:Access can be SignIn or Open.")]
    [InlineData("Frat__OpenIdConnect__ClientId", "frat", "Frat:OpenIdConnect:Authority: it is missing")]
    [InlineData("Frat__MaxDistance", "0.5", "Frat:MaxDistance is no setting of FRAT.")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT", "collector:4317", "OTEL_EXPORTER_OTLP_ENDPOINT has to be the collector's address")]
    public async Task Start_SettingIsWrong_NamesTheKey(string key, string value, string message)
    {
        using var folder = new TemporaryFolder();

        await using var host = await HostProcess.TryStartAsync(folder.Path, Local, (key, value));

        ShouldHaveFailed(host, message);
    }

    private static void ShouldHaveFailed(HostProcess host, string message)
    {
        host.HasEnded.ShouldBeTrue(host.Output);
        host.ExitCode.ShouldBe(1);
        host.Errors.ShouldStartWith("FRAT can't run. ");
        host.Errors.ShouldContain(message);
        // No stack trace. A missing model takes some lines: what was tried, and what to do.
        (host.Output + host.Errors).ShouldNotContain("   at ");
    }
}

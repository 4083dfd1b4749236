using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Spectre.Console;

namespace Frat.Cli.Certificate;

/// <summary><c>frat certificate</c>: HTTPS where no public authority gives certificates, such as within a building.</summary>
internal static class CertificateCommand
{
    // Also within what browsers take of public authorities.
    private const int DefaultDays = 397;

    private const string Trust = """
        To trust it on a tablet, bring frat-ca.crt there (not the keys), and compare the fingerprint:
          iPad, iPhone  open the file; Settings > Profile Downloaded > Install; then Settings > General > About >
                        Certificate Trust Settings > turn it on.
          Android       Settings > Security > Encryption & credentials > Install a certificate > CA certificate.
          Chrome, Edge  on Windows: import it into "Trusted Root Certification Authorities".
        frat-ca.key can make certificates that those tablets trust, for any site: keep it away from the host, and back it up.
        """;

    /// <summary>Builds the command.</summary>
    public static Command Create(Terminal terminal) => new(
        "certificate", "Make a certificate authority of one's own and a certificate of it, for HTTPS within a building.")
    {
        Make(terminal), Renew(terminal),
    };

    private static Command Make(Terminal terminal)
    {
        var (names, folder, days) = (Names(ArgumentArity.OneOrMore), Folder(), Days());
        var command = new Command(
            "create", "Make an authority and a certificate for names and addresses, such as frat.example.com 192.168.1.20.")
        {
            names, folder, days,
        };
        command.SetAction(parsed => Guard(terminal, () =>
        {
            var files = new CertificateFolder(parsed.GetRequiredValue(folder));
            if (files.FindAny() is { } there)
            {
                terminal.WriteError(
                    $"{there} is there already, and stays as it is. 'frat certificate renew' makes a new certificate of its authority.");
                return ExitCode.Failed;
            }

            var now = TimeProvider.System.GetUtcNow();
            var called = parsed.GetRequiredValue(names);
            using var authority = CertificateMaker.CreateAuthority(
                string.Create(CultureInfo.InvariantCulture, $"FRAT {now:yyyy-MM-dd} {called.First}"), now);
            using var leaf = CertificateMaker.CreateLeaf(authority, called, parsed.GetValue(days), now);
            files.WriteAuthority(authority);
            files.WriteLeaf(leaf);
            Tell(terminal, files, authority, leaf);
            terminal.Tables.WriteLine(Trust);
            return ExitCode.Ok;
        }));
        return command;
    }

    private static Command Renew(Terminal terminal)
    {
        var (names, folder, days) = (Names(ArgumentArity.ZeroOrMore), Folder(), Days());
        var command = new Command(
            "renew", "Make a new certificate and key of the authority that is there: tablets that trust it need nothing done.")
        {
            names, folder, days,
        };
        command.SetAction(parsed => Guard(terminal, () =>
        {
            var files = new CertificateFolder(parsed.GetRequiredValue(folder));
            using var authority = files.ReadAuthority();
            using var old = parsed.GetValue(names)?.First is null or "" ? files.ReadLeaf() : null;
            var now = TimeProvider.System.GetUtcNow();
            if (authority.NotAfter.ToUniversalTime() <= now.UtcDateTime)
            {
                terminal.WriteError($"The authority ended on {Date(authority.NotAfter)}: make a new one, in another folder.");
                return ExitCode.Failed;
            }

            using var leaf = CertificateMaker.CreateLeaf(
                authority, old is null ? parsed.GetRequiredValue(names) : ServerNames.Of(old), parsed.GetValue(days), now);
            files.WriteLeaf(leaf);
            Tell(terminal, files, authority, leaf);
            return ExitCode.Ok;
        }));
        return command;
    }

    private static int Guard(Terminal terminal, Func<int> run)
    {
        try
        {
            return run();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            terminal.WriteError(e.Message);
            return ExitCode.Failed;
        }
    }

    private static void Tell(Terminal terminal, CertificateFolder files, X509Certificate2 authority, X509Certificate2 leaf)
    {
        var fingerprint = string.Join(":", Convert.ToHexString(authority.GetCertHash(HashAlgorithmName.SHA256)).Chunk(2)
            .Select(pair => new string(pair)));
        Line($"{files.Leaf}, {files.LeafKey}: for {string.Join(", ", ServerNames.Of(leaf).All)}, until {Date(leaf.NotAfter)}");
        Line($"{files.Authority}: the authority, until {Date(authority.NotAfter)}, SHA-256 fingerprint");
        Line($"  {fingerprint}");

        void Line(string text) => terminal.Tables.WriteLine(Terminal.Line(text));
    }

    private static string Date(DateTime date) => date.ToUniversalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Argument<ServerNames> Names(ArgumentArity arity) => new("NAME")
    {
        Description = "What the host is called by: names and IP addresses. With renew and without any, those of the certificate that is "
            + "there.",
        Arity = arity,
        CustomParser = result =>
        {
            var names = new ServerNames();
            foreach (var token in result.Tokens.Where(token => !names.TryAdd(token.Value)))
            {
                result.AddError($"'{Terminal.Excerpt(token.Value)}' is neither a name of a host nor an IP address.");
            }

            return names;
        },
    };

    private static Option<DirectoryInfo> Folder() => new("--folder")
    {
        Description = "Where the four files are: frat-ca.crt, frat-ca.key, frat.crt, frat.key. Default: the current folder.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => new DirectoryInfo("."),
    };

    private static Option<int> Days()
    {
        var option = new Option<int>("--days")
        {
            Description = string.Create(
                CultureInfo.InvariantCulture, $"How long the certificate holds, 1 to {CertificateMaker.MaxDays} days."),
            HelpName = "DAYS",
            DefaultValueFactory = _ => DefaultDays,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token]
                && !(int.TryParse(token.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var days)
                    && days is >= 1 and <= CertificateMaker.MaxDays))
            {
                result.AddError(string.Create(
                    CultureInfo.InvariantCulture, $"--days takes 1 to {CertificateMaker.MaxDays}: iOS trusts none for longer."));
            }
        });
        return option;
    }
}

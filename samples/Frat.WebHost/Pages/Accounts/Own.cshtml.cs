using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Frat.WebHost.Pages.Accounts;

/// <summary>What somebody does to the own account: password, second step, passkeys, sessions.</summary>
internal sealed class OwnModel(
    UserManager<Account> users, SignInManager<Account> signIn, AccountAdministration accounts, SiteTime time) : PageModel
{
    private const int RecoveryCodeCount = 10;
    private const int MaxPasskeys = 10;

    public SiteTime Time { get; } = time;

    public Account Subject { get; private set; } = null!;

    /// <summary>Whether passwords, passkeys and second steps are the directory's.</summary>
    public bool IsOfDirectory { get; private set; }

    public string? Done { get; private set; }

    public IReadOnlyList<string> Problems { get; private set; } = [];

    public IReadOnlyList<UserPasskeyInfo> Passkeys { get; private set; } = [];

    public IReadOnlyList<string> RecoveryCodes { get; private set; } = [];

    public int CodesLeft { get; private set; }

    /// <summary>The key that an app is given, in groups of four; empty until it is asked for.</summary>
    public string SecondStepKey { get; private set; } = "";

    /// <summary>The QR code of <see cref="SecondStepKey"/>, as SVG.</summary>
    public string SecondStepPicture { get; private set; } = "";

    public bool IsSecondStepOpen { get; private set; }

    public bool IsPasswordOpen { get; private set; }

    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        if (await users.GetUserAsync(User) is not { } account)
        {
            await signIn.SignOutAsync();
            context.Result = LocalRedirect("~/sign-in");
            return;
        }

        (Subject, IsOfDirectory) = (account, await accounts.IsOfDirectoryAsync(account));
        if (IsOfDirectory && context.HandlerMethod is { HttpMethod: "Post", Name: not "Everywhere" })
        {
            // Another way in would outlive what the directory takes away.
            context.Result = BadRequest();
            return;
        }

        await next();
    }

    public Task OnGetAsync() => ReadAsync();

    public async Task<IActionResult> OnPostPasswordAsync([FromForm] string? old, [FromForm] string? password, [FromForm] string? again)
    {
        IsPasswordOpen = true;
        if (password != again)
        {
            Problems = [PasswordModel.Differ];
        }
        else if (await users.IsLockedOutAsync(Subject))
        {
            Problems = ["Too many tries: wait five minutes."];
        }
        else
        {
            var result = await users.ChangePasswordAsync(Subject, old ?? "", password ?? "");
            if (result.Errors.Any(error => error.Code == nameof(IdentityErrorDescriber.PasswordMismatch)))
            {
                await users.AccessFailedAsync(Subject); // Who sits at an open session tries passwords no faster than at the door.
            }

            await AnswerAsync(result, "The password is changed. Other sessions end.");
            IsPasswordOpen = !result.Succeeded;
        }

        return await ShowAsync();
    }

    /// <summary>Makes the key of the second step: not when the page is only looked at, since it ends the other sessions.</summary>
    public async Task<IActionResult> OnPostBeginSecondStepAsync()
    {
        if (!Subject.TwoFactorEnabled)
        {
            await users.ResetAuthenticatorKeyAsync(Subject);
            await signIn.RefreshSignInAsync(Subject);
            IsSecondStepOpen = true;
        }

        return await ShowAsync();
    }

    public async Task<IActionResult> OnPostSecondStepAsync([FromForm] string? code)
    {
        var text = string.Concat((code ?? "").Where(char.IsAsciiDigit));
        IsSecondStepOpen = !await users.VerifyTwoFactorTokenAsync(Subject, users.Options.Tokens.AuthenticatorTokenProvider, text);
        if (IsSecondStepOpen)
        {
            Problems = ["This isn’t the code that belongs to the key. Is the clock of the device right?"];
        }
        else
        {
            await AnswerAsync(await users.SetTwoFactorEnabledAsync(Subject, true), "The second step is on.");
            await MakeCodesAsync();
        }

        return await ShowAsync();
    }

    public async Task<IActionResult> OnPostCodesAsync()
    {
        if (Subject.TwoFactorEnabled)
        {
            await MakeCodesAsync();
        }

        return await ShowAsync();
    }

    public async Task<IActionResult> OnPostEndSecondStepAsync()
    {
        await users.ResetAuthenticatorKeyAsync(Subject);
        await AnswerAsync(await users.SetTwoFactorEnabledAsync(Subject, false), "The second step is off.");
        return await ShowAsync();
    }

    /// <summary>What the browser makes a passkey with.</summary>
    public async Task<IActionResult> OnPostPasskeyOptionsAsync() => Content(
        await signIn.MakePasskeyCreationOptionsAsync(
            new PasskeyUserEntity { Id = Subject.Id.ToString(), Name = Subject.UserName!, DisplayName = Subject.UserName! }),
        "application/json");

    public async Task<IActionResult> OnPostPasskeyAsync([FromForm] string? credential)
    {
        if ((await users.GetPasskeysAsync(Subject)).Count >= MaxPasskeys)
        {
            Problems = [$"An account has at most {MaxPasskeys} passkeys: remove one first."];
            return await ShowAsync();
        }

        try
        {
            var attestation = PasskeyAnswers.CanBe(credential) ? await signIn.PerformPasskeyAttestationAsync(credential!) : null;
            if (attestation is { Succeeded: true } && attestation.UserEntity.Id == Subject.Id.ToString())
            {
                await AnswerAsync(await users.AddOrUpdatePasskeyAsync(Subject, attestation.Passkey), "The passkey is added.");
                return await ShowAsync();
            }
        }
        catch (Exception exception) when (PasskeyAnswers.IsRefusal(exception))
        {
            // Said below.
        }

        Problems = ["The passkey could not be added. Try once more."];
        return await ShowAsync();
    }

    public async Task<IActionResult> OnPostRemovePasskeyAsync([FromForm] string? id)
    {
        if (id is { Length: > 0 and < 2000 } && Base64Url.IsValid(id))
        {
            await AnswerAsync(await users.RemovePasskeyAsync(Subject, Base64Url.DecodeFromChars(id)), "The passkey is removed.");
        }

        return await ShowAsync();
    }

    public async Task<IActionResult> OnPostEverywhereAsync()
    {
        await users.UpdateSecurityStampAsync(Subject);
        await signIn.SignOutAsync();
        return LocalRedirect("~/sign-in");
    }

    private async Task AnswerAsync(IdentityResult result, string done)
    {
        if (!result.Succeeded)
        {
            Problems = result.Sentences();
            return;
        }

        Done = done;
        await signIn.RefreshSignInAsync(Subject); // The security stamp has changed, and with it every other session ends.
    }

    private async Task MakeCodesAsync() =>
        RecoveryCodes = [.. await users.GenerateNewTwoFactorRecoveryCodesAsync(Subject, RecoveryCodeCount) ?? []];

    private async Task<IActionResult> ShowAsync()
    {
        await ReadAsync();
        return Page();
    }

    private async Task ReadAsync()
    {
        Passkeys = [.. await users.GetPasskeysAsync(Subject)];
        CodesLeft = await users.CountRecoveryCodesAsync(Subject);
        if (!Subject.TwoFactorEnabled && await users.GetAuthenticatorKeyAsync(Subject) is { } key)
        {
            SecondStepKey = string.Join(' ', key.Chunk(4).Select(part => new string(part)));
            var issuer = Uri.EscapeDataString(users.Options.Tokens.AuthenticatorIssuer);
            SecondStepPicture = QrCode.Draw(
                $"otpauth://totp/{issuer}:{Uri.EscapeDataString(Subject.UserName!)}?secret={key}&issuer={issuer}&digits=6");
        }
    }
}

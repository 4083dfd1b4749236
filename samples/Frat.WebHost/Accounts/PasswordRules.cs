using Microsoft.AspNetCore.Identity;

namespace Frat.WebHost;

/// <summary>What a password must not be, beside short.</summary>
internal sealed class PasswordRules : IPasswordValidator<Account>
{
    public const int MinLength = 10;

    /// <summary>Longer ones cost the hasher time.</summary>
    public const int MaxLength = 128;

    private static readonly string[] Guessed = ["password", "passwort", "contraseña", "qwerty", "123456", "attendance", "letmein"];

    public Task<IdentityResult> ValidateAsync(UserManager<Account> manager, Account user, string? password)
    {
        ArgumentNullException.ThrowIfNull(user);
        var text = password ?? "";
        var why = text.Length > MaxLength ? $"The password has more than {MaxLength} characters."
            : user.UserName is { Length: > 3 } name && text.Contains(name, StringComparison.OrdinalIgnoreCase)
                ? "The password has the name in it."
            : Guessed.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase))
                ? "The password has one of the words in it that are tried first."
            : null;
        return Task.FromResult(
            why is null
                ? IdentityResult.Success
                : IdentityResult.Failed(new IdentityError { Code = "PasswordIsGuessed", Description = why }));
    }
}

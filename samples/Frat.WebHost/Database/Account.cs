using Microsoft.AspNetCore.Identity;

namespace Frat.WebHost;

/// <summary>What an account may do.</summary>
internal enum AccountRole
{
    /// <summary>Sees the own attendance.</summary>
    Employee,

    /// <summary>Enrols people, reads and corrects attendance, and makes schedules.</summary>
    Manager,

    /// <summary>Everything, accounts and keys included.</summary>
    Administrator,
}

/// <summary>Somebody who signs in. It is no <see cref="Person"/>: who is enrolled needs no account, and the other way round.</summary>
internal sealed class Account : IdentityUser<Guid>
{
    /// <summary>The longest name that somebody signs in with, in UTF-16 code units: it goes into the audit trail.</summary>
    public const int MaxNameLength = Actor.MaxNameLength;

    public AccountRole Role { get; set; }

    /// <summary>Whose attendance the account sees as the own; null for none.</summary>
    public Guid? PersonId { get; set; }

    /// <summary>Whether anybody can sign in with it. It is kept when it isn't: the audit trail names it.</summary>
    public bool IsActive { get; set; } = true;

    public DateTimeOffset CreatedAt { get; set; }

    public DateTimeOffset? LastSignInAt { get; set; }
}

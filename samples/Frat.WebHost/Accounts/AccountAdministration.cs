using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Frat.WebHost;

/// <summary>What is done to accounts and keys, each with an entry in the audit trail. One for a request.</summary>
internal sealed class AccountAdministration(
    UserManager<Account> users, HostContext database, IAuditTrail trail, IPersonStore people, FirstRun firstRun, TimeProvider time)
{
    private const string Created = "account.created";
    private const string Changed = "account.changed";
    private const string LinkMade = "account.link-made";
    private const string PasswordSet = "account.password-set";
    private const string KeyCreated = "api-key.created";
    private const string KeyRevoked = "api-key.revoked";

    /// <summary>How long an account can be given its password by link.</summary>
    public static readonly TimeSpan LinkLifetime = TimeSpan.FromDays(1);

    /// <summary>Creates the account of a <see cref="FirstLink"/>.</summary>
    public async Task<IdentityResult> CreateAdministratorAsync(
        Guid id, bool forAnother, string name, string password, CancellationToken stop)
    {
        if (await database.Users.AnyAsync(account => account.Id == id, stop) || (!forAnother && await firstRun.IsDoneAsync(stop)))
        {
            return Failed("The link has been used.");
        }

        var account = New(id, name, AccountRole.Administrator);
        var result = await CreateAsync(account, password);
        if (result.Succeeded)
        {
            await RecordAsync(Actor.User(id.ToString(), account.UserName), Created, id, null, account.Role.ToString(), stop);
        }

        return result;
    }

    /// <summary>Creates an account that gets its password by link.</summary>
    public async Task<(IdentityResult Result, Account? Account)> CreateAsync(
        Actor by, string name, AccountRole role, string? employeeId, CancellationToken stop)
    {
        var account = New(Guid.NewGuid(), name, role);
        account.PersonId = await FindAsync(employeeId, stop);
        if (account.PersonId is null && employeeId is { Length: > 0 })
        {
            return (Failed("Nobody has this employee ID."), null);
        }

        var result = await CreateAsync(account, password: null);
        if (result.Succeeded)
        {
            await RecordAsync(by, Created, account.Id, null, role.ToString(), stop);
        }

        return (result, account);
    }

    /// <summary>Makes a link by which an account's password is set; earlier ones end with it, and all sessions.</summary>
    public async Task<string> MakeLinkAsync(Actor by, Account account, CancellationToken stop)
    {
        await users.UpdateSecurityStampAsync(account);
        var token = await users.GeneratePasswordResetTokenAsync(account);
        await RecordAsync(by, LinkMade, account.Id, null, null, stop);
        return $"/password?account={account.Id}&token={Uri.EscapeDataString(token)}";
    }

    /// <summary>Sets the password of a link, and with that lets a locked account in again.</summary>
    public async Task<IdentityResult> SetPasswordAsync(Account account, string token, string password, CancellationToken stop)
    {
        var result = await users.ResetPasswordAsync(account, token, password);
        if (result.Succeeded)
        {
            await users.SetLockoutEndDateAsync(account, null);
            await users.ResetAccessFailedCountAsync(account);
            await RecordAsync(Actor.User(account.Id.ToString(), account.UserName), PasswordSet, account.Id, null, null, stop);
        }

        return result;
    }

    /// <summary>Gives an account another role, or (de)activates it. It is signed out everywhere within a minute.</summary>
    public async Task<IdentityResult> ChangeAsync(Actor by, Account account, AccountRole role, bool isActive, CancellationToken stop)
    {
        var (before, after) = (Describe(account.Role, account.IsActive), Describe(role, isActive));
        if (before == after)
        {
            return IdentityResult.Success;
        }

        var isOfDirectory = await IsOfDirectoryAsync(account);
        if (isOfDirectory && role != account.Role)
        {
            return Failed("The directory gives this account its role.");
        }

        // Those of the directory don't count: it can take their role away at any time.
        if (!isOfDirectory && account is { Role: AccountRole.Administrator, IsActive: true }
            && (role != AccountRole.Administrator || !isActive)
            && !await database.Users.AnyAsync(
                other => other.Id != account.Id && other.IsActive && other.Role == AccountRole.Administrator
                    && !database.UserLogins.Any(login => login.UserId == other.Id),
                stop))
        {
            return Failed("This is the last administrator: nobody could make accounts any more.");
        }

        (account.Role, account.IsActive) = (role, isActive);
        return await SaveAsync(by, account, before, stop);
    }

    /// <summary>Whether the account is of somebody who signs in at the directory, and nowhere else.</summary>
    public async Task<bool> IsOfDirectoryAsync(Account account) => (await users.GetLoginsAsync(account)).Count > 0;

    /// <summary>The accounts of those who sign in at the directory.</summary>
    public async Task<IReadOnlySet<Guid>> ListOfDirectoryAsync(CancellationToken stop) =>
        (await database.UserLogins.Select(login => login.UserId).ToListAsync(stop)).ToHashSet();

    /// <summary>
    /// Creates the account of somebody whom the directory has signed in. A name that is taken gets the directory's added.
    /// </summary>
    public async Task<IdentityResult> CreateOfDirectoryAsync(
        Actor by, string name, UserLoginInfo login, AccountRole role, string? employeeId, CancellationToken stop)
    {
        const int MaxTries = 20;
        for (var number = 1; number <= MaxTries; number++)
        {
            var addition = number == 1 ? ""
                : number == 2 ? $" ({login.ProviderDisplayName})"
                : $" ({login.ProviderDisplayName} {number - 1})";
            var account = New(Guid.NewGuid(), name + addition, role);
            if (await users.FindByNameAsync(account.UserName!) is not null)
            {
                continue;
            }

            account.PersonId = await FindAsync(employeeId, stop);
            database.UserLogins.Add(new IdentityUserLogin<Guid>
            {
                UserId = account.Id,
                LoginProvider = login.LoginProvider,
                ProviderKey = login.ProviderKey,
                ProviderDisplayName = login.ProviderDisplayName,
            }); // Saved with the account: neither is there without the other.
            var result = await CreateAsync(account, password: null);
            if (result.Succeeded)
            {
                await RecordAsync(by, Created, account.Id, null, role.ToString(), stop);
            }

            return result;
        }

        return Failed("There are too many accounts of this name here.");
    }

    /// <summary>
    /// Gives an account of the directory what the directory says now. One that has no role any more is an employee's, signed out.
    /// </summary>
    public async Task<IdentityResult> FollowAsync(
        Actor by, Account account, AccountRole? role, string? employeeId, CancellationToken stop)
    {
        var before = Describe(account.Role, account.IsActive);
        var person = await FindAsync(employeeId, stop);
        if (role == account.Role && person == account.PersonId)
        {
            return IdentityResult.Success;
        }

        (account.Role, account.PersonId) = (role ?? AccountRole.Employee, person);
        return await SaveAsync(by, account, before, stop);
    }

    /// <summary>Makes a key.</summary>
    /// <returns>Its text, which can't be read again.</returns>
    public async Task<string> CreateKeyAsync(Actor by, string name, IReadOnlyList<string> scopes, int days, CancellationToken stop)
    {
        var (key, text) = ApiKey.Create(name, scopes, by.Id, time.GetUtcNow(), TimeSpan.FromDays(days));
        database.ApiKeys.Add(key);
        await database.SaveChangesAsync(stop);
        await trail.AppendAsync(
            new AuditEvent { Action = KeyCreated, New = $"{key.Id}: {key.Scopes}", Note = new AuditNote { By = by } }, stop);
        return text;
    }

    /// <summary>Ends a key.</summary>
    public async Task RevokeKeyAsync(Actor by, string id, CancellationToken stop)
    {
        if (await database.ApiKeys.SingleOrDefaultAsync(key => key.Id == id && key.RevokedAt == null, stop) is { } key)
        {
            key.RevokedAt = time.GetUtcNow();
            await database.SaveChangesAsync(stop);
            await trail.AppendAsync(new AuditEvent { Action = KeyRevoked, Old = key.Id, Note = new AuditNote { By = by } }, stop);
        }
    }

    private async Task<Guid?> FindAsync(string? employeeId, CancellationToken stop) =>
        Person.Normalize(employeeId) is var id && Person.IsEmployeeId(id) && await people.FindAsync(id, stop) is { } person
            ? person.Id
            : null;

    /// <summary>Saves a changed account, whose sessions end with it.</summary>
    private async Task<IdentityResult> SaveAsync(Actor by, Account account, string before, CancellationToken stop)
    {
        var result = await users.UpdateSecurityStampAsync(account); // Saves the rest, too.
        var after = Describe(account.Role, account.IsActive);
        if (result.Succeeded && before != after)
        {
            await RecordAsync(by, Changed, account.Id, before, after, stop);
        }

        return result;
    }

    private Account New(Guid id, string name, AccountRole role) =>
        new() { Id = id, UserName = Person.Normalize(name), Role = role, CreatedAt = time.GetUtcNow(), LockoutEnabled = true };

    private async Task<IdentityResult> CreateAsync(Account account, string? password)
    {
        if (account.UserName is not { Length: <= Account.MaxNameLength } name || !Actor.IsId(name))
        {
            return Failed($"Write a name of 1 to {Account.MaxNameLength} characters.");
        }

        try
        {
            return password is null ? await users.CreateAsync(account) : await users.CreateAsync(account, password);
        }
        catch (DbUpdateException exception) when (exception is not DbUpdateConcurrencyException)
        {
            // Another request was faster: by the same name, or by the same link.
            if (await database.Users.AsNoTracking().AnyAsync(
                other => other.Id == account.Id || other.NormalizedUserName == account.NormalizedUserName))
            {
                return Failed("Somebody has this name already, or the link has been used.");
            }

            throw;
        }
    }

    private Task<AuditEntry> RecordAsync(Actor by, string action, Guid account, string? before, string? after, CancellationToken stop) =>
        trail.AppendAsync(
            new AuditEvent
            {
                Action = action,
                Old = before is null ? null : $"{account}: {before}",
                New = after is null ? account.ToString() : $"{account}: {after}",
                Note = new AuditNote { By = by },
            },
            stop);

    private static string Describe(AccountRole role, bool isActive) => isActive ? role.ToString() : $"{role}, inactive";

    private static IdentityResult Failed(string why) =>
        IdentityResult.Failed(new IdentityError { Code = "Refused", Description = why });
}

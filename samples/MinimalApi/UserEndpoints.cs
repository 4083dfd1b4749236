using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace MinimalApi;

/// <summary>The shop's users: nothing of FRAT's is in here.</summary>
internal static class UserEndpoints
{
    private static readonly PasswordHasher<User> Hasher = new();

    public static void MapUsers(this WebApplication app)
    {
        app.MapPost("/users", CreateAsync).RequireAuthorization("hr");
        app.MapPost("/login", SignInAsync).AllowAnonymous();
    }

    /// <summary>Makes the database, and in an empty one the user <c>hr</c>, who makes the others.</summary>
    public static async Task CreateFirstUserAsync(this IServiceProvider services, string? password)
    {
        await using var scope = services.CreateAsyncScope();
        var shop = scope.ServiceProvider.GetRequiredService<ShopDatabase>();
        await shop.Database.EnsureCreatedAsync();
        if (!await shop.Users.AnyAsync())
        {
            await AddAsync(shop, new NewUser("hr", "hr", password ?? throw new InvalidOperationException("Set FirstPassword.")));
        }
    }

    private static async Task<IResult> CreateAsync(NewUser user, ShopDatabase shop) =>
        user.Role is not ("hr" or "door" or "staff") ? TypedResults.BadRequest("There is no such role.")
        : await shop.Users.AnyAsync(other => other.Name == user.Name) ? TypedResults.Conflict("The name is taken.")
        : TypedResults.Ok(new { (await AddAsync(shop, user)).Id });

    private static async Task<User> AddAsync(ShopDatabase shop, NewUser request)
    {
        var user = new User { Name = request.Name, Role = request.Role };
        user.PasswordHash = Hasher.HashPassword(user, request.Password);
        shop.Add(user);
        await shop.SaveChangesAsync();
        return user;
    }

    private static async Task<IResult> SignInAsync(Login login, ShopDatabase shop, HttpContext context)
    {
        var user = await shop.Users.SingleOrDefaultAsync(user => user.Name == login.Name);
        if (user is null || Hasher.VerifyHashedPassword(user, user.PasswordHash, login.Password) == PasswordVerificationResult.Failed)
        {
            return TypedResults.Unauthorized();
        }

        const string scheme = CookieAuthenticationDefaults.AuthenticationScheme;
        await context.SignInAsync(scheme, new ClaimsPrincipal(new ClaimsIdentity(
            [
                new Claim(ClaimTypes.NameIdentifier, user.Id.ToString(CultureInfo.InvariantCulture)),
                new Claim(ClaimTypes.Name, user.Name),
                new Claim(ClaimTypes.Role, user.Role),
            ],
            scheme)));
        return TypedResults.NoContent();
    }

    private sealed record NewUser(string Name, string Role, string Password);

    private sealed record Login(string Name, string Password);
}

using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using MinimalApi;

// A shop with users and a database of its own, which keeps attendance by face.
var builder = WebApplication.CreateBuilder(args);
var settings = builder.Configuration;
builder.Services.AddDbContext<ShopDatabase>(database => database.UseSqlite(settings.GetConnectionString("Shop")));
builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
builder.Services.AddAuthorizationBuilder()
    .AddPolicy("hr", policy => policy.RequireRole("hr"))
    .AddPolicy("door", policy => policy.RequireRole("door"));
builder.Services.AddFrat().UseDlib().UseSqlite(settings.GetConnectionString("Attendance")!);
builder.Services.AddFratEndpoints();
builder.Services.AddHealthChecks().AddFrat();

var app = builder.Build();
await app.Services.CreateFirstUserAsync(settings["FirstPassword"]);
app.UseAuthentication();
app.UseAuthorization();
app.MapUsers();
app.MapFrat("/attendance").RequireAuthorization("hr");
app.MapFratCheckIns("/door").RequireAuthorization("door");
app.MapHealthChecks("/health");
await app.RunAsync();

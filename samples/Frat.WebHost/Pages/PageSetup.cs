namespace Frat.WebHost.Pages;

/// <summary>Adds the pages, what they share, and who sees them.</summary>
internal static class PageSetup
{
    public static void AddPages(this WebApplicationBuilder builder)
    {
        builder.Services.AddRazorPages(options =>
        {
            var pages = options.Conventions;
            pages.AllowAnonymousToPage("/Error");
            pages.AuthorizePage("/CheckIn/Index", FratPolicies.CheckIn);
            pages.AuthorizePage("/Register/Index", FratPolicies.ManagePeople);
            pages.AuthorizePage("/Register/WithoutFace", FratPolicies.ManagePeople);
            pages.AuthorizePage("/SetUp/Index", Permissions.ManageAccounts);
            pages.AuthorizeFolder("/Today", FratPolicies.ReadAttendance);
            pages.AuthorizePage("/Records/Index", FratPolicies.ReadAttendance);
            pages.AuthorizePage("/Records/Day", FratPolicies.CorrectAttendance);
            pages.AuthorizePage("/Records/Day", FratPolicies.ManageSchedules); // Leave is entered there, too.
            pages.AuthorizeFolder("/Schedules", FratPolicies.ManageSchedules);
            pages.AuthorizePage("/People/Hours", FratPolicies.ManageSchedules);
            pages.AuthorizePage("/People/Index", FratPolicies.ReadPeople);
            pages.AuthorizePage("/People/Person", FratPolicies.ManagePeople);
            pages.AuthorizePage("/Devices/Index", Permissions.ManageDevices);
            pages.AuthorizePage("/Devices/Device", Permissions.ManageDevices);
            pages.AuthorizePage("/Kiosk/Index", Permissions.Kiosk);
            pages.AllowAnonymousToPage("/Kiosk/Pair"); // Where a tablet becomes somebody.
            if (builder.Configuration.IsOpen())
            {
                // Nobody signs in: there are no accounts, and no pages about them.
                pages.AddFolderRouteModelConvention("/Accounts", page => page.Selectors.Clear());
                return;
            }

            if (!builder.Configuration.HasDirectory())
            {
                pages.AddPageRouteModelConvention("/Accounts/Directory", page => page.Selectors.Clear());
            }

            foreach (var page in (string[])["SignIn", "Directory", "SecondStep", "Password", "Welcome", "Denied"])
            {
                pages.AllowAnonymousToPage("/Accounts/" + page);
            }

            pages.AuthorizePage("/Accounts/SignOut", Permissions.OwnAccount);
            pages.AuthorizePage("/Accounts/Own", Permissions.OwnAccount);
            pages.AuthorizePage("/Accounts/Mine", Permissions.OwnAccount);
            pages.AuthorizePage("/Accounts/OwnPin", Permissions.OwnAccount);
            pages.AuthorizePage("/Accounts/Index", Permissions.ManageAccounts);
            pages.AuthorizePage("/Accounts/Keys", Permissions.ManageAccounts);
        });
        builder.Services.AddSingleton<SiteTime>();
        builder.Services.AddSingleton<PageReader>();
        builder.Services.AddSingleton<Today.TodayReader>();
    }
}

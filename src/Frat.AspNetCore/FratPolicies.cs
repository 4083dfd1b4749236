namespace Frat.AspNetCore;

/// <summary>
/// The names of the policies that <see cref="FratEndpointConventionBuilderExtensions.RequireFratPolicies"/> asks for: one for each kind of
/// call, to be added by the application with <c>AddAuthorizationBuilder().AddPolicy(FratPolicies.CheckIn, …)</c>.
/// </summary>
public static class FratPolicies
{
    /// <summary>To check people in by face: what a kiosk may.</summary>
    public const string CheckIn = "frat.checkIn";

    /// <summary>
    /// To record a punch of anybody by PIN. FRAT keeps no PINs and asks for none: who may call it has verified it, and vouches for the
    /// person. For the program that does so, never for a kiosk's page that anybody reaches.
    /// </summary>
    public const string PunchByPin = "frat.punch.pin";

    /// <summary>To see who is enrolled, with consents and what is known of templates.</summary>
    public const string ReadPeople = "frat.people.read";

    /// <summary>To enrol, change, export and forget people.</summary>
    public const string ManagePeople = "frat.people.manage";

    /// <summary>To read attendance, schedules and reports.</summary>
    public const string ReadAttendance = "frat.attendance.read";

    /// <summary>To correct punches, and to enter those that nobody made at a device.</summary>
    public const string CorrectAttendance = "frat.attendance.correct";

    /// <summary>To change schedules, assignments, holidays and leaves.</summary>
    public const string ManageSchedules = "frat.schedules.manage";

    /// <summary>To read the audit trail.</summary>
    public const string ReadAudit = "frat.audit.read";
}

using System.Globalization;
using Microsoft.AspNetCore.Mvc;

namespace Frat.WebHost.Pages;

/// <summary>A leave as a form sends it.</summary>
internal sealed class LeaveForm : NoteForm
{
    /// <summary>Made with the form: sent twice, it is one leave.</summary>
    [FromForm(Name = "id")]
    public Guid Id { get; init; }

    [FromForm(Name = "from")]
    public string? From { get; init; }

    [FromForm(Name = "to")]
    public string? To { get; init; }

    [FromForm(Name = "part")]
    public LeavePart Part { get; init; }

    [FromForm(Name = "kind")]
    public LeaveKind Kind { get; init; }

    [FromForm(Name = "start")]
    public string? Start { get; init; }

    [FromForm(Name = "end")]
    public string? End { get; init; }

    /// <summary>The leave, or what is wrong with it.</summary>
    public (Leave? Leave, string? Problem) ToLeave(Guid personId)
    {
        if (Date(From) is not { } from || Date(string.IsNullOrEmpty(To) ? From : To) is not { } to)
        {
            return (null, "Write the first and the last day.");
        }

        var isHours = Part == LeavePart.Hours;
        if (isHours && (StandardHours.Read(Start) is null || StandardHours.Read(End) is null))
        {
            return (null, "Write from when to when, as HH:MM.");
        }

        var leave = new Leave
        {
            Id = Id,
            PersonId = personId,
            From = from,
            To = to,
            Part = Part,
            Kind = Kind,
            Start = isHours ? StandardHours.Read(Start) : null,
            End = isHours ? StandardHours.Read(End) : null,
        };
        return (leave, null);
    }

    private static DateOnly? Date(string? text) =>
        DateOnly.TryParseExact(text, DayText.IsoFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;
}

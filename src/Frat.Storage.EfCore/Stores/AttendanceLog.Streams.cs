using Microsoft.EntityFrameworkCore;

namespace Frat.Storage.EfCore;

/// <content>Days and punches as streams.</content>
internal sealed partial class AttendanceLog
{
    public IAsyncEnumerable<AttendanceDay> ReadDaysAsync(
        DateOnly firstDate,
        DateOnly lastDate,
        Guid? personId = null,
        DayOrder order = DayOrder.LatestFirst,
        CancellationToken cancellationToken = default)
    {
        const string Operation = "ReadDays";
        var days = personId is null && order == DayOrder.ByPerson
            ? database.StreamPagesAsync<AttendanceDayRow, string>(Operation, NextPeopleAsync, cancellationToken)
            : database.StreamGroupsAsync<AttendanceDayRow, DateOnly>(
                Operation, NextDates, (rows, date) => rows.Where(day => day.Date == date), day => day.Date, cancellationToken);
        return days.Select(day => day.ToDay(day.Person!.ToPerson()));

        // One bound at each end: of two, SQLite begins its search at the first, and reads all that went before once more for each page.
        IQueryable<AttendanceDayRow> NextDates(FratDbContext context, DateOnly? after)
        {
            if (order == DayOrder.LatestFirst)
            {
                var earlier = OfPerson(context).Where(day => day.Date >= firstDate);
                return (after is { } last ? earlier.Where(day => day.Date < last) : earlier.Where(day => day.Date <= lastDate))
                    .OrderByDescending(day => day.Date).ThenBy(day => day.ListedAt).ThenBy(day => day.PersonId);
            }

            var later = OfPerson(context).Where(day => day.Date <= lastDate);
            return (after is { } date ? later.Where(day => day.Date > date) : later.Where(day => day.Date >= firstDate))
                .OrderBy(day => day.Date).ThenBy(day => day.ListedAt).ThenBy(day => day.PersonId);
        }

        IQueryable<AttendanceDayRow> OfPerson(FratDbContext context)
        {
            var rows = context.AttendanceDays.Include(day => day.Person);
            return personId is { } id ? rows.Where(day => day.PersonId == id) : rows;
        }

        async Task<Page<AttendanceDayRow, string>> NextPeopleAsync(FratDbContext context, string? after, CancellationToken cancel)
        {
            // EF Core turns this comparison, and no other, into one of the database.
#pragma warning disable CA1309, CA1310
            var people = after is null ? context.People : context.People.Where(person => string.Compare(person.EmployeeId, after) > 0);
#pragma warning restore CA1309, CA1310
            var atOnce = Math.Clamp(Pages.Size / Math.Max(lastDate.DayNumber - firstDate.DayNumber + 1, 1), 1, PeoplePerCall);
            var next = await people.OrderBy(person => person.EmployeeId).Take(atOnce)
                .Select(person => new { person.Id, person.EmployeeId }).ToListAsync(cancel).ConfigureAwait(false);
            var ids = next.ConvertAll(person => person.Id);
            var rows = await OfPerson(context).Where(day => ids.Contains(day.PersonId) && day.Date >= firstDate && day.Date <= lastDate)
                .OrderBy(day => day.Person!.EmployeeId).ThenBy(day => day.Date).ToListAsync(cancel).ConfigureAwait(false);
            return new(rows, next.Count < atOnce ? null : next[^1].EmployeeId);
        }
    }

    public IAsyncEnumerable<Punch> ReadPunchesAsync(
        DateOnly firstDate, DateOnly lastDate, Guid? personId = null, CancellationToken cancellationToken = default)
    {
        var from = firstDate.ToDateTime(TimeOnly.MinValue);
        var to = lastDate.ToDateTime(TimeOnly.MaxValue);
        return database.StreamAsync<PunchRow>("ReadPunches", Query, cancellationToken).Select(punch => punch.ToPunch());

        IQueryable<PunchRow> Query(FratDbContext context, PunchRow? after)
        {
            var start = after?.LocalTime ?? from; // One bound, as with days.
            var punches = context.Punches.Where(punch => punch.LocalTime >= start && punch.LocalTime <= to);
            punches = personId is { } id ? punches.Where(punch => punch.PersonId == id) : punches;
            punches = after is null ? punches : punches.Where(punch => punch.LocalTime > after.LocalTime || punch.Id > after.Id);
            return punches.OrderBy(punch => punch.LocalTime).ThenBy(punch => punch.Id);
        }
    }
}

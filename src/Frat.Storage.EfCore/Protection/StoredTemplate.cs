namespace Frat.Storage.EfCore;

/// <summary>
/// A template with whose it is, as the rows say. What they say is believed only where <see cref="TemplateVault"/> finds it sealed.
/// </summary>
/// <param name="Row">The template, without what isn't needed to open it.</param>
/// <param name="Person">Whose; null where it isn't asked for.</param>
/// <param name="Seal">The person's seal.</param>
internal sealed record StoredTemplate(TemplateRow Row, Person Person, byte[] Seal)
{
    private const int EmployeeIdColumn = 8;

    /// <summary>What <see cref="Read"/> reads. Templates whose person is damaged or gone are there, too.</summary>
    public static IQueryable Select(FratDbContext context, IQueryable<TemplateRow> templates) =>
        from template in templates
        join person in context.People on template.PersonId equals person.Id into people
        from person in people.DefaultIfEmpty()
        join consent in context.Consents on template.ConsentId equals consent.Id into consents
        from consent in consents.DefaultIfEmpty()
        select new
        {
            template.Id,
            template.PersonId,
            template.EncoderId,
            template.Encoding,
            template.KeyId,
            template.ConsentId,
            template.CreatedAt,
            Owner = (Guid?)person!.Id,
            person.EmployeeId,
            person.Name,
            person.EnrolledAt,
            person.IsActive,
            person.Seal,
            consent!.ExpiresAt,
            consent.WithdrawnAt,
            person.FirstDay,
            person.LastDay,
        };

    /// <exception cref="DamagedRowException">A value is not what its column is for.</exception>
    public static StoredTemplate Read(RawRow row)
    {
        var template = new TemplateRow
        {
            Id = row.Id(0, "id"),
            PersonId = row.Id(1, "person_id"),
            EncoderId = row.Text(2, "encoder_id"),
            Encoding = row.Bytes(3, "encoding"),
            KeyId = row.Text(4, "key_id"),
            ConsentId = row.Id(5, "consent_id"),
            CreatedAt = row.Instant(6, "created_at"),
            CreatedBy = Actor.Claimed("-"),
        };
        var person = new Person
        {
            Id = row.Id(7, "its person"),
            EmployeeId = row.Text(EmployeeIdColumn, "employee_id"),
            Name = row.Text(9, "name"),
            EnrolledAt = row.Instant(10, "enrolled_at"),
            IsActive = row.Flag(11, "is_active"),
            FirstDay = row.DateOrNull(15, "first_day"),
            LastDay = row.DateOrNull(16, "last_day"),
        };
        _ = row.IsNull(13) ? default : row.Instant(13, "its consent's expires_at");
        _ = row.IsNull(14) ? default : row.Instant(14, "its consent's withdrawn_at");
        return new(template, person, row.Bytes(12, "seal"));
    }

    /// <summary>The key that the row names; null where it names none that could be one.</summary>
    public static string? ReadKeyId(RawRow row)
    {
        try
        {
            return row.Text(4, "") is { Length: > 0 } key ? key : null;
        }
        catch (DamagedRowException)
        {
            return null;
        }
    }

    /// <summary>What can be said of a template that can't be read.</summary>
    public static UnreadableTemplate Describe(RawRow row, string problem)
    {
        var employeeId = "?";
        try
        {
            employeeId = row.Text(EmployeeIdColumn, "");
        }
        catch (DamagedRowException)
        {
        }

        return new() { TemplateId = row.IdOrEmpty(0), PersonId = row.IdOrEmpty(1), EmployeeId = employeeId, Problem = problem };
    }
}

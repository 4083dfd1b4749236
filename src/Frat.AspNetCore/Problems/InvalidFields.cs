namespace Frat.AspNetCore;

/// <summary>The validation problem: what is wrong with each field.</summary>
internal static class InvalidFields
{
    /// <summary>What is wrong, to be said with what else is.</summary>
    public static IEnumerable<(string Field, string? Error)> Fields(this FratProblem invalid) =>
        invalid.Errors!.Select(error => (error.Key, (string?)error.Value[0]));

    public static FratProblem Of(params (string Field, string? Error)[] fields)
    {
        var errors = fields.Where(field => field.Error is not null).ToDictionary(field => field.Field, field => new[] { field.Error! });
        return new FratProblem(StatusCodes.Status400BadRequest, "invalidFields", string.Join(' ', errors.Values.Select(error => error[0])))
        {
            Errors = errors
        };
    }
}

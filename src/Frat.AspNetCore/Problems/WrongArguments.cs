namespace Frat.AspNetCore;

/// <summary>What the engine says of an argument, as the problem of the field that it came by.</summary>
internal static class WrongArguments
{
    /// <summary>The sentence, without the name that the code has for the argument.</summary>
    public static string Sentence(this ArgumentException exception) => exception.Message.Split(" (Parameter '")[0];

    /// <summary>The problem; null where the argument came by no field, so that it is a fault of the code.</summary>
    /// <param name="exception">What the engine threw.</param>
    /// <param name="fields">Which field brought which argument.</param>
    public static FratProblem? ToInvalidField(this ArgumentException exception, params (string Argument, string Field)[] fields) =>
        Array.Find(fields, field => field.Argument == exception.ParamName) is { Field: { } name }
            ? InvalidFields.Of((name, exception.Sentence()))
            : null;
}

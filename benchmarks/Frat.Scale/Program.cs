using System.CommandLine;
using Frat.Scale;

var people = new Option<int[]>("--people")
{
    Description = "How many people, with three templates each.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [1_000, 10_000, 100_000],
};
var databases = new Option<string[]>("--databases")
{
    Description = "postgresql, sqlite or both.",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => ["postgresql", "sqlite"],
};
var punches = new Option<int?>("--punches")
{
    Description = "Punches of each person; unless given, 100 on PostgreSQL (10 million for 100 000 people) and 10 on SQLite."
};
var root = new RootCommand(
    "Fills databases of growing size, and measures start-up, enrolment and check-in on each.") { people, databases, punches };
root.SetAction((parsed, cancel) => ScaleCommand.RunAsync(
    parsed.GetRequiredValue(people), parsed.GetRequiredValue(databases), parsed.GetValue(punches), cancel));

var database = new Argument<string>("database");
var connection = new Argument<string>("connection");
var measure = new Command("measure", "Measures one database in this process.") { database, connection };
measure.Hidden = true;
measure.SetAction(
    (parsed, cancel) => Measurement.WriteAsync(parsed.GetRequiredValue(database), parsed.GetRequiredValue(connection), cancel));
root.Add(measure);

var size = new Argument<int>("people");
var each = new Argument<int>("punches");
var keys = new Option<string?>("--keys") { Description = "The file with the keys of the templates." };
var encoder = new Option<string>("--encoder") { Description = "Whose templates they are.", DefaultValueFactory = _ => ScaleHost.Encoder };
var fill = new Command("fill", "Fills one database, for a host to start with.") { database, connection, size, each, keys, encoder };
fill.Hidden = true;
fill.SetAction((parsed, cancel) =>
{
    (ScaleHost.Encoder, ScaleHost.KeyFile) = (parsed.GetRequiredValue(encoder), parsed.GetValue(keys));
    return Filling.FillAsync(
        parsed.GetRequiredValue(database),
        parsed.GetRequiredValue(connection),
        parsed.GetValue(size),
        parsed.GetValue(each),
        _ => { },
        cancel);
});
root.Add(fill);
return await root.Parse(args).InvokeAsync();

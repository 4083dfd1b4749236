using System.CommandLine;
using Frat.Compare;
using Frat.Compare.Attack;
using Frat.Compare.Gallery;
using Frat.Compare.Load;

var rounds = new Option<int>("--rounds") { Description = "How often each side is measured.", DefaultValueFactory = _ => 5 };
var report = new Option<string?>(
    "--report") { Description = "A Markdown file whose results are replaced, for example docs/benchmarks.md." };
var oneThread = new Option<bool>("--one-thread") { Description = "Leave the measurements on all cores out." };
var noCnn = new Option<bool>("--no-cnn") { Description = "Leave the CNN detector out, which takes dlib minutes." };
var root = new RootCommand(
    "Measures dlib, ONNX Runtime and FRAT on the same pixels, in turn, and prints how they compare.") { rounds, report, oneThread, noCnn };
root.SetAction(parsed => CompareCommand.Run(
    parsed.GetValue(rounds), parsed.GetValue(report), all: !parsed.GetValue(oneThread), cnn: !parsed.GetValue(noCnn)));

var contestant = new Argument<string>("contestant");
var picture = new Argument<string>("picture");
var threads = new Argument<int>("threads");
var repeat = new Argument<int>("repeat");
var measure = new Command("measure", "Measures one encoder in this process.") { contestant, picture, threads, repeat };
measure.Hidden = true;
measure.SetAction(parsed => Measurement.WriteAsync(
    parsed.GetRequiredValue(contestant), parsed.GetRequiredValue(picture), parsed.GetValue(threads), parsed.GetValue(repeat), Console.Out));
root.Add(measure);

root.Add(BudgetCommand.Create());
root.Add(AttackCommand.Create());
root.Add(LoadCommand.Create());
root.Add(GalleryCommand.Create());
root.Add(FramesCommand.Create());
return await root.Parse(args).InvokeAsync();

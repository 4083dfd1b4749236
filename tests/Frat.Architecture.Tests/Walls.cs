namespace Frat.Architecture.Tests;

/// <summary>The walls inside each project: the one table to change when a folder comes, goes or moves.</summary>
internal static class Walls
{
    public static Dictionary<string, Wall> All { get; } = new()
    {
        ["src/Frat.Abstractions"] = new(
        [
            "FratException.cs | FratBuilder.cs | ArgumentChecks.cs",
            "StoreException.cs",
            "Imaging | Audit | Protection | Health",
            "Consents",
            "Faces",
            "People",
            "Attendance",
            "Retention",
            ".",
        ]),
        ["src/Frat.Vision"] = new(["Alignment | Quality | Boxes | Models", "."]),
        ["src/Frat.Dlib"] = new(
        [
            "Memory",
            "Images | Serialization",
            "Networks",
            "Detection",
            "Detection/Fhog | Detection/Mmod | Landmarks",
            "Encoding",
            ".",
        ]),
        ["src/Frat.Onnx"] = new(
        [
            "OnnxModels.cs | OnnxModelSource.cs | OnnxNetwork.cs",
            "Sessions | OnnxNetworks.cs",
            "OnnxEmbedderOptions.cs",
            "YuNetOptions.cs",
            "Detection | Embedding",
            ".",
        ]),
        ["src/Frat"] = new(
        [
            "Log.cs | FratTelemetry.cs | Options | Output",
            "FratSpans.cs",
            "Imaging/Pixels",
            "Imaging/Png",
            "Imaging",
            "Site | Attendance",
            "Gallery/Search",
            "Gallery/Calibration",
            "Gallery",
            "Recognition",
            "FratInstruments.cs",
            "CheckIn | Enrollment | Evaluation",
            "Reports | People | Retention | WarmUp",
            ".",
        ]),
        ["src/Frat.Storage.EfCore"] = new(
        [
            "Log.cs | Model",
            "FratDbContext.cs",
            "Configurations | Provider",
            "Protection",
            "Audit",
            "Database",
            "Stores | Administration",
            ".",
        ]),
        ["src/Frat.Storage.EfCore.Sqlite"] = new([".", "Migrations"]),
        ["src/Frat.Storage.EfCore.PostgreSql"] = new([".", "Migrations"]),
        ["src/Frat.Conformance"] = new(["Faces | Imaging", "."]),
        ["src/Frat.Testing"] = new(["Database | Faces | Log.cs", "Attendance", "People", "Retention", "."]),
        ["src/Frat.Hosting"] = new(["SettingException.cs | Log.cs | Memory", "Database", "Configuration", "."]),
        ["src/Frat.AspNetCore"] = new(
        [
            "Log.cs | FratPolicies.cs | FratEndpointOptions.cs",
            "OpenApi | Problems",
            "Requests",
            "Uploads",
            "Photos",
            "People",
            "Attendance",
            "CheckIns | Reports | Audit | Health | Schedules",
            "Events | FlaskCompatibility",
            ".",
        ]),
        ["src/Frat.Cli"] = new(
        [
            "Terminal.cs | ExitCode.cs | TypedOptions.cs",
            "ErrorLogger.cs | OutputFile.cs | ProgressBar.cs",
            "Database | Models",
            "Keys | Faces | Backup | Certificate",
            "Evaluate",
            "Reports | Audit | Retention | Schedules",
            "People",
            "Import",
            ".",
        ]),
        ["samples/Frat.WebHost"] = new(
            [
                "Log.cs", "Hosting", "Database", "Database/Migrations", "Settings", "Accounts", "Devices | Pins", "Kiosk", "Pages",
                "Pages/Accounts | Pages/Devices | Pages/People | Pages/Records | Pages/Register | Pages/SetUp | Pages/Kiosk", ".",
            ]),
        ["samples/MinimalApi"] = new(["."]),
    };
}

using ArchUnitNET.Domain;
using ArchUnitNET.Loader;
using ODataEngine.Protocol;
using ServiceOffices.Publishing;
using ServiceOffices.Web.Endpoints;

namespace ServiceOffices.Web.Tests;

/// <summary>
/// The dependency rules of docs/architecture.md that project references cannot express: which folder of a project may use
/// which other folder of it, and which folder may use which package.
/// </summary>
public sealed class ArchitectureTests
{
    private static readonly Architecture Platform = new ArchLoader()
        .LoadAssemblies(typeof(ODataService).Assembly, typeof(CurrentPublication).Assembly, typeof(ODataEndpoint).Assembly)
        .Build();

    private static readonly string[] Projects = ["ServiceOffices.Web", "ServiceOffices", "ODataEngine"];

    // Each folder with the folders of the same project that it may use.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["ODataEngine/Telemetry"] = [],
        ["ODataEngine/Model"] = [],
        ["ODataEngine/Formats"] = ["Model"],
        ["ODataEngine/Parsing"] = ["Model"],
        ["ODataEngine/Execution"] = ["Model", "Parsing", "Telemetry"],
        ["ODataEngine/Protocol"] = ["Model", "Formats", "Parsing", "Execution", "Telemetry"],
        ["ServiceOffices/Telemetry"] = [],
        ["ServiceOffices/Register"] = [],
        ["ServiceOffices/Schema"] = ["Register"],
        ["ServiceOffices/Storage"] = ["Register", "Schema"],
        ["ServiceOffices/Publishing"] = ["Register", "Schema", "Storage", "Telemetry"],
        ["ServiceOffices/Seed"] = ["Register", "Schema", "Storage", "Publishing"],
        ["ServiceOffices/Editing"] = ["Register", "Schema", "Storage", "Publishing", "Seed"],
        ["ServiceOffices.Web/Pipeline"] = [],
        ["ServiceOffices.Web/Catalog"] = [],
        ["ServiceOffices.Web/Portal"] = [],
        ["ServiceOffices.Web/Feeds"] = ["Pipeline", "Portal"],
        ["ServiceOffices.Web/Docs"] = ["Pipeline", "Catalog", "Portal"],
        ["ServiceOffices.Web/Endpoints"] = ["Pipeline", "Catalog", "Portal", "Feeds", "Docs"],
    };

    // The packages that a folder may use. The root of a project composes its parts, so it may use any.
    private static readonly Dictionary<string, string[]> Packages = new()
    {
        ["ODataEngine/Protocol"] = ["Microsoft.Extensions.Primitives", "Microsoft.Net.Http.Headers", "Microsoft.OData.", "Microsoft.Spatial"],
        ["ODataEngine/Formats"] = ["Ical.Net", "Microsoft.Data.Sqlite", "Parquet"],
        ["ServiceOffices/Storage"] = ["Azure", "Microsoft.Data.Sqlite", "Microsoft.Extensions.Logging"],
        ["ServiceOffices/Publishing"] = ["Microsoft.Extensions.Logging", "ZstdSharp"],
        ["ServiceOffices/Seed"] = ["Sylvan."],
        ["ServiceOffices/Editing"] = ["Sylvan.", "Microsoft.IdentityModel.", "Microsoft.Extensions.Logging"],
        ["ServiceOffices.Web/Pipeline"] = ["Microsoft.AspNetCore.", "Microsoft.Extensions.", "Microsoft.Net.Http.Headers"],
        ["ServiceOffices.Web/Endpoints"] = ["Microsoft.AspNetCore.", "Microsoft.Extensions.", "Microsoft.Net.Http.Headers"],
        ["ServiceOffices.Web/Docs"] = ["Markdig", "Microsoft.AspNetCore."],
        ["ServiceOffices.Web/Feeds"] = ["Ical.Net"],
    };

    public static TheoryData<string> Folders => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_Dependencies_FollowRules(string folder)
    {
        var violations = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var type in Platform.Types.Where(type => FindFolder(type.Namespace?.FullName) == folder))
        {
            // ArchUnitNET merges all type parameters named T into one type.
            foreach (var target in type.Dependencies.Select(dependency => dependency.Target).Where(target => target is not GenericParameter))
            {
                if (!IsAllowed(folder, target.Namespace?.FullName ?? ""))
                {
                    violations.Add($"{type.FullName} uses {target.FullName}");
                }
            }
        }

        Assert.True(violations.Count == 0, string.Join(Environment.NewLine, violations));
    }

    [Fact]
    public void Folders_All_HaveRule()
    {
        var folders = Platform.Types.Select(type => FindFolder(type.Namespace?.FullName)).OfType<string>().Distinct();

        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), folders.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Rules_All_HaveNoCycle()
    {
        static IEnumerable<string> Reachable(string folder)
        {
            var project = folder.Split('/')[0];
            return Allowed[folder].Select(other => $"{project}/{other}").SelectMany(other => Reachable(other).Prepend(other));
        }

        Assert.All(Allowed.Keys, folder => Assert.DoesNotContain(folder, Reachable(folder)));
    }

    private static bool IsAllowed(string folder, string ns)
    {
        var project = folder.Split('/')[0];
        if (FindProject(ns) is { } target)
        {
            // The compiler enforces the direction between projects.
            return target != project || FindFolder(ns) is not { } other || other == folder || Allowed[folder].Contains(other.Split('/')[1]);
        }

        return ns is "" or "System"
            || ns.StartsWith("System.", StringComparison.Ordinal)
            || ns.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)
            || Packages.GetValueOrDefault(folder, []).Any(package => ns.StartsWith(package, StringComparison.Ordinal));
    }

    private static string? FindProject(string? ns) =>
        Projects.FirstOrDefault(project => ns == project || ns?.StartsWith(project + ".", StringComparison.Ordinal) == true);

    private static string? FindFolder(string? ns) =>
        FindProject(ns) is { } project && ns!.Length > project.Length ? $"{project}/{ns[(project.Length + 1)..].Split('.')[0]}" : null;
}

using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace ServiceOffices.Tests;

/// <summary>Who may import whom: docs/architecture.md.</summary>
public sealed class ArchitectureTests
{
    private const string Root = "ServiceOffices";

    private static readonly Architecture Platform = new ArchLoader().LoadAssemblies(typeof(ServiceOffices.ServiceRegistration).Assembly).Build();

    // Each folder with the folders that it may use beside itself.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Register"] = [],
        ["Tables"] = [],
        ["Telemetry"] = [],
        ["Queries"] = ["Tables"],
        ["Indexes"] = ["Tables", "Telemetry"],
        ["Evaluation"] = ["Tables", "Queries", "Indexes"],
        ["OData"] = ["Tables", "Queries", "Indexes", "Evaluation", "Telemetry"],
        ["Exports"] = ["Tables"],
        ["Storage"] = ["Register"],
        ["Publishing"] = ["Register", "Tables", "Storage", "Exports", "Telemetry"],
        ["Data"] = ["Register", "Storage", "Publishing"],
        ["Feeds"] = ["Register", "Tables", "Publishing", "Portal"],
        ["Catalog"] = ["Register", "Tables", "Publishing", "Exports"],
        ["Http"] = ["Register", "Tables", "Queries", "OData", "Exports", "Feeds", "Catalog", "Portal", "Publishing", "Data", "Storage", "Editing", "Telemetry"],
        ["Editing"] = ["Register", "Tables", "Storage", "Publishing", "Data"],
        ["Portal"] = ["Register", "Tables", "Publishing"],
    };

    // Which packages' namespaces a folder may use; the root composes, so it may use any.
    private static readonly Dictionary<string, string[]> Packages = new()
    {
        ["Storage"] = ["Azure", "Microsoft.Data.Sqlite"],
        ["Data"] = ["Sylvan."],
        ["OData"] = ["Microsoft.OData.", "Microsoft.Spatial"],
        ["Exports"] = ["Ical.Net", "Microsoft.Data.Sqlite", "Parquet"],
        ["Publishing"] = ["Microsoft.Extensions.Logging", "ZstdSharp"],
        ["Editing"] = ["Sylvan.", "Microsoft.IdentityModel.", "Microsoft.Extensions.Logging"],
        ["Http"] = ["Markdig", "Microsoft.AspNetCore.", "Microsoft.Extensions.", "Microsoft.Net.Http.Headers", "Microsoft.OpenApi", "ZstdSharp"],
        ["Feeds"] = ["Ical.Net"],
    };

    public static TheoryData<string> Folders => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Folders))]
    public void Folder_Dependencies_FollowRules(string folder)
    {
        var broken = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var type in Platform.Types.Where(type => FolderOf(type.Namespace?.FullName) == folder))
        {
            // The loader takes every type parameter T for one and the same type.
            foreach (var target in type.Dependencies.Select(dependency => dependency.Target).Where(target => target is not GenericParameter))
            {
                if (!MayUse(folder, target.Namespace?.FullName ?? ""))
                {
                    broken.Add($"{type.FullName} uses {target.FullName}");
                }
            }
        }

        Assert.True(broken.Count == 0, string.Join(Environment.NewLine, broken));
    }

    [Fact]
    public void Folders_All_HaveRule()
    {
        var folders = Platform.Types.Select(type => FolderOf(type.Namespace?.FullName)).OfType<string>().Distinct();

        Assert.Equal(Allowed.Keys.Order(), folders.Order());
    }

    [Fact]
    public void Rules_All_AreAcyclic()
    {
        static IEnumerable<string> Reachable(string folder) =>
            Allowed[folder].Concat(Allowed[folder].SelectMany(Reachable));

        Assert.All(Allowed.Keys, folder => Assert.DoesNotContain(folder, Reachable(folder)));
    }

    private static bool MayUse(string folder, string ns)
    {
        if (ns == Root || ns.StartsWith(Root + ".", StringComparison.Ordinal))
        {
            return FolderOf(ns) is { } other && (other == folder || Allowed[folder].Contains(other));
        }

        return ns is "" or "System"
            || ns.StartsWith("System.", StringComparison.Ordinal)
            || ns.StartsWith("Microsoft.CodeAnalysis", StringComparison.Ordinal)
            || Packages.GetValueOrDefault(folder, []).Any(package => ns.StartsWith(package, StringComparison.Ordinal));
    }

    private static string? FolderOf(string? ns) =>
        ns?.StartsWith(Root + ".", StringComparison.Ordinal) == true ? ns[(Root.Length + 1)..].Split('.')[0] : null;
}

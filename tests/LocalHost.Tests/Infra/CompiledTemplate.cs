using System.Text.Json;

namespace ServiceOffices.LocalHost.Tests.Infra;

/// <summary>main.bicep as Azure Resource Manager gets it: one JSON template with the modules' templates inside.</summary>
public sealed class CompiledTemplate : IAsyncLifetime
{
    /// <summary>The whole template as text; empty where the compiler cannot run.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Main's template first, then every module's.</summary>
    public IReadOnlyList<JsonElement> Templates { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        if (!BicepCompiler.IsAvailable)
        {
            return;
        }

        var build = await BicepCompiler.RunAsync(TestContext.Current.CancellationToken, "build", "main.bicep", "--stdout");
        Assert.Equal((0, ""), (build.ExitCode, build.Errors));
        Text = build.Output;
        Templates = [.. WithModules(JsonElement.Parse(Text))];
    }

    private static IEnumerable<JsonElement> WithModules(JsonElement template) =>
        GetResources(template)
            .Where(resource => GetResourceType(resource) == "Microsoft.Resources/deployments")
            .SelectMany(module => WithModules(module.GetProperty("properties").GetProperty("template")))
            .Prepend(template);

    /// <summary>The template of the module that main.bicep calls by that name.</summary>
    public JsonElement Module(string name) =>
        Templates[0].GetProperty("resources").GetProperty(name).GetProperty("properties").GetProperty("template");

    /// <summary>Every resource of that type, whichever module declares it.</summary>
    public IReadOnlyList<JsonElement> ResourcesOfType(string type) =>
        [.. Templates.SelectMany(GetResources).Where(resource => GetResourceType(resource) == type)];

    /// <summary>Templates that use the language's second version name their resources; the others list them.</summary>
    internal static IEnumerable<JsonElement> GetResources(JsonElement template)
    {
        var resources = template.GetProperty("resources");
        return resources.ValueKind == JsonValueKind.Array
            ? resources.EnumerateArray()
            : resources.EnumerateObject().Select(resource => resource.Value).Where(resource => !IsExisting(resource));
    }

    private static bool IsExisting(JsonElement resource) => resource.TryGetProperty("existing", out var existing) && existing.GetBoolean();

    internal static string? GetResourceType(JsonElement resource) => resource.GetProperty("type").GetString();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

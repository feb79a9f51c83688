using System.Text.Json;

namespace ServiceOffices.LocalHost.Tests.Infra;

/// <summary>main.bicep as Azure Resource Manager receives it: one JSON template that contains the templates of the modules.</summary>
public sealed class CompiledTemplate : IAsyncLifetime
{
    /// <summary>The template as a string; empty if the compiler cannot run.</summary>
    public string Text { get; private set; } = "";

    /// <summary>The template of main.bicep, then those of the modules.</summary>
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

    /// <summary>Gets the template of the module with that name in main.bicep.</summary>
    public JsonElement Module(string name) =>
        Templates[0].GetProperty("resources").GetProperty(name).GetProperty("properties").GetProperty("template");

    /// <summary>Gets the resources of a type in all modules.</summary>
    public IReadOnlyList<JsonElement> ResourcesOfType(string type) =>
        [.. Templates.SelectMany(GetResources).Where(resource => GetResourceType(resource) == type)];

    /// <summary>Gets the resources of a template: an object in language version 2.0, otherwise an array.</summary>
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

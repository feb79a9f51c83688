using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;
using ODataEngine.Formats;
using ServiceOffices.LocalHost.Hosting;
using ServiceOffices.Schema;
using ServiceOffices.Testing;

namespace ServiceOffices.Web.Tests.OpenApi;

/// <summary>Compares openapi/openapi.yaml with the triggers, the model and the formats, in both directions.</summary>
public sealed class OpenApiTests
{
    private static readonly string JsonPath = Repository.PathTo("openapi", "openapi.json");

    private static bool Updates => Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1" && !Repository.IsCI;

    [Fact]
    public async Task Yaml_OpenApi31_HasNoErrors()
    {
        var (document, diagnostic) = await OpenApiContract.LoadAsync();

        Assert.Empty(diagnostic.Errors);
        Assert.Empty(diagnostic.Warnings);
        Assert.Equal(OpenApiSpecVersion.OpenApi3_1, diagnostic.SpecificationVersion);
        Assert.Empty(document.Validate(ValidationRuleSet.GetDefaultRuleSet()));
    }

    [Fact]
    public async Task Yaml_Operations_HaveUniqueIdsAndSummaries()
    {
        var operations = OpenApiContract.GetOperations(await OpenApiContract.ReadAsync()).ToArray();

        Assert.Equal(operations.Length, operations.Select(operation => operation.Operation.OperationId).Distinct().Count());
        Assert.All(operations, operation => Assert.False(string.IsNullOrWhiteSpace(operation.Operation.Summary), operation.Path));
        Assert.All(operations, operation => Assert.Contains(operation.Operation.Responses!.Keys, status => status.StartsWith('2')));
    }

    [Fact]
    public async Task Version_Yaml_MatchesAssembly()
    {
        var assemblyVersion = typeof(WebServiceRegistration).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

        Assert.Equal(assemblyVersion, (await OpenApiContract.ReadAsync()).Info.Version);
    }

    [Theory]
    [InlineData("paths")]
    [InlineData("schemas")]
    public void Yaml_EntitySets_MatchModel(string part)
    {
        var expected = part == "paths" ? ModelYaml.Paths(RegisterModel.Model) : ModelYaml.Schemas(RegisterModel.Model);
        var yaml = File.ReadAllText(OpenApiContract.Path);
        var begin = yaml.IndexOf('\n', yaml.IndexOf($"# Begin: the entity sets' {part}", StringComparison.Ordinal)) + 1;
        var end = yaml.LastIndexOf('\n', yaml.IndexOf($"# End: the entity sets' {part}", StringComparison.Ordinal)) + 1;
        if (Updates)
        {
            File.WriteAllText(OpenApiContract.Path, yaml[..begin] + expected + yaml[end..]);
            return;
        }

        Assert.Equal(expected, yaml[begin..end]);
    }

    [Fact]
    public async Task Json_Document_MatchesYaml()
    {
        var json = await (await OpenApiContract.ReadAsync()).SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1, TestContext.Current.CancellationToken);
        var expected = json.ReplaceLineEndings("\n") + "\n";
        if (Updates)
        {
            File.WriteAllText(JsonPath, expected);
        }

        Assert.Equal(expected, File.ReadAllText(JsonPath));
    }

    [Fact]
    public async Task Paths_All_HaveTriggerWithMethodsAndLevel()
    {
        var triggers = Triggers();

        Assert.All(OpenApiContract.GetOperations(await OpenApiContract.ReadAsync()), operation =>
        {
            var trigger = triggers.FirstOrDefault(trigger => trigger.Serves(operation.Path));
            Assert.True(trigger is not null, $"No trigger serves {operation.Path}.");
            Assert.True(trigger.Methods.Count == 0 || trigger.Methods.Contains(operation.Method), $"{trigger.Route} does not accept {operation.Method}.");
            Assert.Equal(trigger.Level == "Function", operation.Operation.Security?.Any(needed => needed.Keys.Any(scheme => scheme.Reference.Id == "functionKey")) == true);
        });
    }

    [Fact]
    public async Task Triggers_All_HavePath()
    {
        var paths = OpenApiContract.GetOperations(await OpenApiContract.ReadAsync()).Select(operation => operation.Path).ToArray();

        Assert.NotEmpty(Triggers());
        // RFC 9116 specifies security.txt: it is not part of the API.
        Assert.All(Triggers().Where(trigger => trigger.Route != ".well-known/security.txt"), trigger => Assert.True(paths.Any(trigger.Serves), $"The yaml has no path for {trigger.Route}."));
    }

    [Fact]
    public async Task Files_MediaTypes_MatchFormats()
    {
        var file = (await OpenApiContract.ReadAsync()).Paths["/downloads/{file}"].Operations![HttpMethod.Get].Responses!["200"];

        Assert.Equal(ExportFormats.All.Select(format => format.MediaType.Split(';')[0]).Distinct(), file.Content!.Keys);
    }

    private static Trigger[] Triggers() =>
    [
        .. FunctionMethod.Discover(typeof(LocalHostApp).Assembly.GetTypes())
            .Select(function => function.Http)
            .OfType<HttpTriggerAttribute>()
            .Select(http => new Trigger(http.AuthLevel.ToString(), http.Methods, http.Route!)),
    ];

    private sealed record Trigger(string Level, IReadOnlyList<string> Methods, string Route)
    {
        // {ignored:maxlength(0)?} matches nothing, /{*path} any or no remaining path, {name} one segment.
        private readonly Regex pattern = new("^" + Regex.Replace(
            "/" + Route.Replace("{ignored:maxlength(0)?}", "", StringComparison.Ordinal), @"/\{\*\w+\}|\{\w+\}|[^{/]+|/",
            part => part.Value switch
            {
                ['/', '{', ..] => "(/.*)?",
                ['{', ..] => "[^/]+",
                _ => Regex.Escape(part.Value),
            }) + "$");

        public bool Serves(string path) => pattern.IsMatch(path);
    }
}

using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Microsoft.Extensions.Configuration;
using ODataEngine;
using ODataEngine.Protocol.Metadata;
using ServiceOffices.Schema;
using ServiceOffices.Testing;
using ServiceOffices.Web.Catalog;
using ServiceOffices.Web.Pipeline;

namespace ServiceOffices.Web.Tests.Stability;

/// <summary>
/// Compares the code with tests/baseline/v1.txt. <c>UPDATE_GOLDEN=1</c> adds new lines but removes none, so that a
/// guarantee is only withdrawn manually.
/// </summary>
public sealed class BaselineTests
{
    private static readonly string BaselinePath = Repository.PathTo("tests", "baseline", "v1.txt");

    [Fact]
    public void V1_Baseline_HasNoBreakingChanges()
    {
        var baseline = File.Exists(BaselinePath) ? File.ReadAllLines(BaselinePath) : [];
        var today = Today().Concat(ApiSurface.FromRanges(GetSettingErrors(), baseline)).Distinct().ToArray();
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1" && !Repository.IsCI)
        {
            baseline = [.. baseline.Union(today).Order(StringComparer.Ordinal)];
            File.WriteAllLines(BaselinePath, baseline);
        }

        Assert.True(baseline.Length > 1000, "The baseline is incomplete.");
        Assert.Empty(ApiSurface.FindBreakingChanges(baseline, today));
    }

    /// <summary>Gets the error for a start with a word as the value of every setting.</summary>
    private static string GetSettingErrors()
    {
        var names = ApiSurface.FromSettings(File.ReadLines(Repository.PathTo("docs", "settings.md"))).Select(line => line["setting ".Length..]);
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(names.Select(name => KeyValuePair.Create(name, (string?)"word"))).Build();
        return Assert.Throws<InvalidOperationException>(() => Settings.Read(configuration)).Message;
    }

    private static IEnumerable<string> Today() =>
    [
        .. ApiSurface.FromOpenApi(JsonNode.Parse(File.ReadAllText(Repository.PathTo("openapi", "openapi.json")))!),
        .. ApiSurface.FromMetadata(XDocument.Parse(Encoding.UTF8.GetString(new MetadataDocument(RegisterModel.Model, new MetadataOptions()).Xml401.Span))),
        .. ApiSurface.FromSettings(File.ReadLines(Repository.PathTo("docs", "settings.md"))),
        .. RegisterModel.Model.Sets.SelectMany(set => FileColumn.FromType(set.Type).Select(column => $"file {set.Name} has the column {column.Path}")),
        .. ProblemType.All.Select(kind => $"problem {kind.Status} {kind.TypeUri}"),
        .. ODataErrorCodes.All.Select(error => $"OData's code {error.Code}"),
    ];
}

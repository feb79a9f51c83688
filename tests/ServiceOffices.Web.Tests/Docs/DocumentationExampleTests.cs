using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using ServiceOffices.Testing;
using ServiceOffices.Testing.Hosting;

namespace ServiceOffices.Web.Tests.Docs;

/// <summary>Runs every example of the README and docs/odata.md on the seed register.</summary>
public sealed partial class DocumentationExampleTests(RunningHost host) : IClassFixture<RunningHost>
{
    /// <summary>Each example with its documented status.</summary>
    public static TheoryData<string, int> Examples
    {
        get
        {
            var examples = new TheoryData<string, int>();
            foreach (Match example in GetLine().Matches(File.ReadAllText(Repository.PathTo("docs/odata.md"))))
            {
                examples.Add(example.Groups["url"].Value, example.Groups["status"] is { Success: true } status ? int.Parse(status.Value, CultureInfo.InvariantCulture) : 200);
            }

            foreach (Match link in Link().Matches(File.ReadAllText(Repository.PathTo("README.md"))))
            {
                examples.Add(link.Groups["url"].Value, 200);
            }

            return examples;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public async Task Example_InDocumentation_ReturnsDocumentedResult(string url, int status)
    {
        using var response = await host.SendAsync("GET", url.Replace(" ", "%20", StringComparison.Ordinal));
        var content = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.True((HttpStatusCode)status == response.StatusCode, $"{(int)response.StatusCode} {content}");
        if (status == 200 && content.StartsWith('{') && JsonDocument.Parse(content).RootElement.TryGetProperty("value", out var value))
        {
            // An example without results is not useful; those that only count are listed.
            Assert.True(url.Contains("$top=0", StringComparison.Ordinal) || value.ValueKind != JsonValueKind.Array || value.GetArrayLength() > 0, $"Empty: {url}");
        }
    }

    [Fact]
    public void Examples_BothPages_AreFound() => Assert.True(Examples.Count > 60, $"Only {Examples.Count} examples were found.");

    [GeneratedRegex(@"^    GET (?:(?<status>\d{3}) )?(?<url>/.*?)\s*$", RegexOptions.Multiline)]
    private static partial Regex GetLine();

    [GeneratedRegex("<http://localhost:7071(?<url>/[^>]*)>")]
    private static partial Regex Link();
}

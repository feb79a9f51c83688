using System.Text.RegularExpressions;
using ServiceOffices.Testing;

namespace ServiceOffices.LocalHost.Tests.Docs;

/// <summary>Tests that the tests which the documentation names as evidence exist.</summary>
public sealed partial class NamedTestsTests
{
    private static readonly Lazy<HashSet<string>> TestNames = new(() => Directory
        .EnumerateFiles(Repository.PathTo("tests"), "*.cs", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint })
        .SelectMany(file => Declaration().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value))
        .ToHashSet(StringComparer.Ordinal));

    [Theory]
    [InlineData("threat-model.md", 40)]
    [InlineData("reliability.md", 1)]
    public void Documentation_NamedTests_Exist(string document, int minimum)
    {
        var named = NamedTest().Matches(File.ReadAllText(Repository.PathTo("docs", document))).Select(match => match.Groups[1].Value).Distinct().ToList();

        Assert.True(named.Count >= minimum, $"{document} names {named.Count} tests.");
        Assert.Empty(named.Except(TestNames.Value));
    }

    [Fact]
    public void ThreatModel_EveryMitigation_NamesTest() => Assert.All(
        File.ReadAllLines(Repository.PathTo("docs", "threat-model.md")).Where(line => Threat().IsMatch(line)),
        line => Assert.Matches(NamedTest(), line.Split('|')[3]));

    [GeneratedRegex(@"^\| (Spoofing|Tampering|Repudiation|Information disclosure|Denial of service|Elevation of privilege): ")]
    private static partial Regex Threat();

    [GeneratedRegex(@"`(?:[A-Za-z0-9]+\.)?([A-Z][A-Za-z0-9]*_[A-Za-z0-9]+_[A-Za-z0-9]+)`")]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"public (?:async )?(?:Task|ValueTask|void) (\w+)\(")]
    private static partial Regex Declaration();
}

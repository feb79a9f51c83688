using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using ServiceOffices.LocalHost.Hosting;
using ServiceOffices.Publishing;
using ServiceOffices.Seed;
using ServiceOffices.Storage;
using ServiceOffices.Testing;
using ServiceOffices.Web;

namespace ServiceOffices.LocalHost.Tests.Docs;

/// <summary>Tests the calculations of docs/costs.md and its statements about the code.</summary>
public sealed class CostsTests
{
    private static readonly string FilePath = Repository.PathTo("docs", "costs.md");
    private readonly string documentation = File.ReadAllText(FilePath);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Tables_All_AreCalculatedFromInputs()
    {
        var inputs = new CostInputs(documentation);
        var tables = new CostTables(new MonthlyCosts(inputs));
        var expected = documentation;
        foreach (var (name, text) in new[]
        {
            ("at rest", tables.AtRest()), ("with readers", tables.WithReaders()), ("with Front Door", tables.WithFrontDoor()), ("ceilings", tables.Ceilings()),
        })
        {
            var (begin, end) = ($"<!-- Begin: {name} -->\n", $"<!-- End: {name} -->");
            var from = expected.IndexOf(begin, StringComparison.Ordinal) + begin.Length;
            expected = expected[..from] + text + expected[expected.IndexOf(end, StringComparison.Ordinal)..];
        }

        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1" && !Repository.IsCI)
        {
            File.WriteAllText(FilePath, expected);
            return;
        }

        Assert.Empty(inputs.Unused);
        Assert.Equal(expected, documentation);
    }

    // A month of 1 million requests, calculated manually: 2 628 000 × (1 − e^(−1000000 / 2628000)) = 831 742 seconds; (831 742 × 2 + 87 600 − 100 000) ×
    // $0.000026 = $42.93; (1 000 000 + 43 800 − 250 000) × $0.40 / 1 000 000 = $0.32.
    [Fact]
    public void OnDemand_OneMillionRequests_MatchesManualSum()
    {
        var costs = new MonthlyCosts(new CostInputs(documentation));

        Assert.Equal(831_742, costs.ActiveSeconds(1_000_000, 1));
        Assert.Equal(42.93m + 0.32m, costs.OnDemand(1_000_000, 1));
    }

    [Fact]
    public void Inputs_DecidedByCode_MatchCode()
    {
        var inputs = new CostInputs(documentation);
        var settings = Settings.Read(new ConfigurationBuilder().AddInMemoryCollection([new("Storage:Folder", "x")]).Build());
        var parameters = File.ReadAllText(Repository.PathTo("infra-bicep", "main.bicepparam"));
        var alerts = File.ReadAllText(Repository.PathTo("infra-bicep", "alerts.bicep"));
        var timer = FunctionMethod.Discover(typeof(LocalHostApp).Assembly.GetTypes()).Single(function => function.Timer is not null).Timer!;

        Assert.Equal("0 * * * * *", timer.Schedule);
        Assert.Equal(inputs["seconds per month"] / 60, inputs["timer runs per month"]);
        Assert.Equal(settings.Core.Publishing.RevalidateSeconds, inputs["seconds between two checks for a new publication"]);
        Assert.Equal(settings.Telemetry.TracesPerSecond, inputs["maximum traces per second and instance"]);
        Assert.Contains($"instanceMemoryMB: {inputs["memory of an instance, GB"] * 1024}\n", parameters, StringComparison.Ordinal);
        Assert.EndsWith($"dailyCapGigabytes: {inputs["telemetry, maximum GB per day"]}", Lines(parameters, "dailyCapGigabytes: [0-9]+").Last(), StringComparison.Ordinal);
        Assert.Equal(Lines(alerts, "loadTextContent").Count, inputs["log alerts, evaluated every 5 minutes"]);
        Assert.Equal(Lines(alerts, "'[A-Za-z]+Error'").Count, inputs["series of metric alerts"]);
    }

    [Fact]
    public async Task PublicationFiles_CountAndSize_MatchDocumentation()
    {
        using var folder = new TemporaryFolder();
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddServiceOfficesWeb(new ConfigurationBuilder().AddInMemoryCollection([new("Storage:Folder", folder.Path)]).Build())
            .BuildServiceProvider();
        var (refresh, register) = (services.GetRequiredService<RegisterRefresh>(), services.GetRequiredService<IRegisterStore>());

        await refresh.RunAsync(Cancel);
        var first = await FilesAsync(services);
        var stored = (await register.ReadAsync("storuman", Cancel))!;
        await register.WriteAsync(stored.Entry with { Office = stored.Entry.Office with { Note = "Edited" } }, stored.ETag, Cancel);
        await refresh.RunAsync(Cancel);
        var second = await FilesAsync(services);

        var inputs = new CostInputs(documentation);
        Assert.Contains(
            FormattableString.Invariant($"Its first publication is {first.Count} files of {first.Sum(file => file.Bytes) / 1e6:0.0} MB"), documentation, StringComparison.Ordinal);
        Assert.Contains($"counted: {second.Count} files, a marker, the pointer", documentation, StringComparison.Ordinal);
        Assert.Equal(second.Count + 2, inputs["blobs written per edit"]);
        // The files include the history, which grows with each edit; the documented size was measured after about twenty.
        Assert.InRange(second.Sum(file => file.Bytes) / 1e6m, inputs["MB written per edit"] * 0.9m, inputs["MB written per edit"] * 1.1m);
    }

    private static async Task<List<StoredFile>> FilesAsync(IServiceProvider services)
    {
        var latest = (await services.GetRequiredService<CurrentPublication>().GetAsync(Cancel))!;
        return await services.GetRequiredService<IPublicationStore>().ListAsync(latest.Folder, Cancel).ToListAsync(Cancel);
    }

    private static List<string> Lines(string text, string pattern) => [.. Regex.Matches(text, pattern).Select(match => match.Value)];
}
